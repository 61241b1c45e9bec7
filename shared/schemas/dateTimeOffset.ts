const PATTERN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)$/

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const daysOf = (year: number, month: number): number => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0)
}

const isDay = (year: number, month: number, day: number): boolean => day >= 1 && day <= daysOf(year, month)

const isTime = (hour: string, minute: string, second: string): boolean => hour < '24' && minute < '60' && second < '60'

const isOffset = (hours: string, minutes: string): boolean =>
  minutes < '60' && Number(hours) * 60 + Number(minutes) <= 14 * 60

/**
 * The UTC form of an Edm.DateTimeOffset with exactly seven fractional digits, which sorts as a string; further
 * digits are cut off. `undefined` for anything else.
 * Cosmos DB's advice for dates: learn.microsoft.com/azure/cosmos-db/nosql/query/working-with-dates.
 */
export const parseDateTimeOffset = (text: string): string | undefined => {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = ''] = match
  if (!isDay(Number(year), Number(month), Number(day)) || !isTime(hour, minute, second)) return undefined
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const digits = fraction.padEnd(7, '0').slice(0, 7)
  if (zone === 'Z') return year === '0000' ? undefined : `${wall}.${digits}Z`
  if (!isOffset(zone.slice(1, 3), zone.slice(4))) return undefined
  const utc = new Date(wall + zone)
  const utcYear = utc.getUTCFullYear()
  return utcYear < 1 || utcYear > 9999 ? undefined : `${utc.toISOString().slice(0, 19)}.${digits}Z`
}

/** The current time of our clock, which has milliseconds, in the same form. */
export const toDateTimeOffset = (instant: Date): string => `${instant.toISOString().slice(0, -1)}0000Z`
