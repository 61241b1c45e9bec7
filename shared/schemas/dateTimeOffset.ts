const PATTERN = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)$/

const isOffset = (zone: string): boolean => {
  if (zone === 'Z') return true
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return Number(zone.slice(4)) < 60 && minutes <= 14 * 60
}

/**
 * The UTC form of an Edm.DateTimeOffset with exactly seven fractional digits, which sorts as text; further
 * digits are cut off. `undefined` when the text is no such date.
 * Cosmos DB's advice for dates: learn.microsoft.com/azure/cosmos-db/nosql/query/working-with-dates.
 */
export const parseDateTimeOffset = (text: string): string | undefined => {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  const [, day = '', hour = '', minute = '', second = '00', fraction = '', zone = ''] = match
  const wall = new Date(`${day}T${hour}:${minute}:${second}Z`)
  // Date.parse rolls 30 February over into March, and knows an hour 24.
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 13) !== `${day}T${hour}` || !isOffset(zone)) {
    return undefined
  }
  const utc = zone === 'Z' ? wall : new Date(`${day}T${hour}:${minute}:${second}${zone}`)
  const year = utc.getUTCFullYear()
  if (year < 1 || year > 9999) return undefined
  return `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(7, '0').slice(0, 7)}Z`
}

/** The same form of an instant of our own clock, which counts milliseconds. */
export const toDateTimeOffset = (instant: Date): string => `${instant.toISOString().slice(0, -1)}0000Z`
