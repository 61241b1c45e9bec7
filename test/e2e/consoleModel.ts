import * as z from 'zod'

/** The results as the API lists them, the newest first. */
export const Results = z.array(
  z.object({
    id: z.string(),
    managedTenantOperationId: z.string(),
    targetTenantId: z.string(),
    targetTenantDisplayName: z.string(),
    isSuccess: z.boolean(),
    exception: z.string().nullable(),
    createdDateTime: z.string(),
  }),
)
export type Result = z.infer<typeof Results>[number]

const DAY_MS = 86_400_000

/** A number as the console shows it. */
export const count = (number: number): string => number.toLocaleString('en-GB')

/** A share as the console shows it. */
export const percent = (part: number, whole: number): string =>
  `${((part / whole) * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`

/** Those of the results that are failures. */
export const failedIn = (all: readonly Result[]): readonly Result[] => all.filter(({ isSuccess }) => !isSuccess)

/** The UTC days that end with this instant's, the oldest first. */
export const daysTo = (now: Date, length: number): readonly string[] =>
  Array.from({ length }, (_, index) => dayOf(new Date(now.getTime() - (length - 1 - index) * DAY_MS).toISOString()))

/** The day of an instant. */
export const dayOf = (dateTime: string): string => dateTime.slice(0, 10)

/** An instant as the console shows it. */
export const timeOf = (dateTime: string): string => dateTime.slice(0, 19).replace('T', ' ')

interface CustomerText {
  readonly id: string
  readonly failures: number
  readonly text: string
}

/** The customers with failures, the most first, and what the overview says of each. */
export const customersOf = (results: readonly Result[]): readonly CustomerText[] => {
  const ids = [...new Set(results.map(({ targetTenantId }) => targetTenantId))]
  const customers = ids.flatMap((id) => {
    const all = results.filter(({ targetTenantId }) => targetTenantId === id)
    const failed = all.filter(({ isSuccess }) => !isSuccess)
    const [newest] = failed
    if (newest === undefined) return []
    const share = `${failed.length} of ${all.length} result${all.length === 1 ? '' : 's'} failed`
    const text = `${newest.targetTenantDisplayName}${share}${reasonOf(failed)}`
    return [{ id, failures: failed.length, text }]
  })
  return customers.sort((one, other) => other.failures - one.failures || (one.id < other.id ? -1 : 1))
}

// The exception that most of the newest failures have; of several the newest.
const reasonOf = (failed: readonly Result[]): string => {
  const exceptions = failed.slice(0, 50).map(({ exception }) => exception ?? '')
  const times = (wanted: string): number => exceptions.filter((exception) => exception === wanted).length
  const [most = ''] = exceptions.toSorted((one, other) => times(other) - times(one))
  return exceptions.length === 1 ? most : `${times(most)} of ${exceptions.length}: ${most}`
}

const Headers = z.array(z.object({ name: z.string(), value: z.string() }))

/** A recorded HTTP request with its response. */
export const Exchange = z.object({
  createdDateTime: z.string(),
  attempt: z.number(),
  statusCode: z.number(),
  request: z.object({ method: z.string(), url: z.string(), headers: Headers }),
  response: z.object({ headers: Headers, body: z.string() }),
})
export type Exchange = z.infer<typeof Exchange>

/** What the console shows of its request, which has no body, and of its response, which is JSON. */
export const messagesOf = ({ statusCode, request, response }: Exchange): readonly string[] => {
  const lines = (headers: z.infer<typeof Headers>) => headers.map(({ name, value }) => `${name}: ${value}`)
  return [
    [`${request.method} ${request.url}`, ...lines(request.headers)].join('\n'),
    [`HTTP ${statusCode}`, ...lines(response.headers), '', JSON.stringify(JSON.parse(response.body), null, 2)].join(
      '\n',
    ),
  ]
}
