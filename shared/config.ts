import * as z from 'zod'
import { isLoopback, isOrigin, toOrigin, toUrl } from './basics/origin'

const PUBLIC_AUTHORITIES = [
  'https://login.microsoftonline.com',
  'https://login.microsoftonline.us',
  'https://login.partner.microsoftonline.cn',
]

/**
 * Milliseconds that store and authority may take together for one request: half of `functionTimeout` in host.json, at
 * whose end the platform restarts the worker and loses every other request in flight.
 */
export const REQUEST_BUDGET_MS = 30_000

// Milliseconds that the store may take for a request that is as much work as many, however long its deadline usually is.
const LONGEST_DEADLINE_MS: number = 20_000

const list = (error: string, isItem: (item: string) => boolean, required = error, minimum = 1) =>
  z
    .string({ error: required })
    .transform((text) => text.split(',').map((item) => item.trim()))
    .refine((items) => items.length >= minimum && items.every(isItem), { error })

const whole = (minimum: number, maximum: number, standard: number) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.number({ error }).min(minimum, { error }).max(maximum, { error }))
    .default(standard)
}

const isGuid = (text: string): boolean => z.guid().safeParse(text).success

// The characters of a URI (RFC 3986) except the comma, which separates audiences.
const isAudience = (text: string): boolean =>
  isGuid(text) || /^(api|https):\/\/[\w\-.~:/?#[\]@!$&'()*+;=%]+$/.test(text)

// Entra writes ids in lower case, but an App ID URI as it was registered, so a URI is accepted in both spellings.
const spellingsOf = (audience: string): string[] => {
  if (isGuid(audience)) return [audience.toLowerCase()]
  return [audience, audience.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi, (guid) => guid.toLowerCase())]
}

const LOG_LEVELS = ['debug', 'information', 'warning', 'error', 'none'] as const

const settings = {
  COSMOS_ENDPOINT: () =>
    z.string({ error: 'is required: the URL of the Cosmos DB account' }).refine(
      (text) => {
        const url = toUrl(text)
        return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
      },
      { error: 'must be an https URL (plain http only to a loopback address)' },
    ),
  COSMOS_KEY: () => z.string().optional(),
  COSMOS_DATABASE: () =>
    z
      .string()
      .regex(/^[^/\\?#]{1,255}$/, { error: 'must be 1 to 255 characters without / \\ ? #' })
      .default('ledger'),
  COSMOS_REGIONS: () =>
    list('must be two or more regions, separated by commas', (region) => region !== '', undefined, 2).optional(),
  STORE_DEADLINE_MS: () => whole(50, REQUEST_BUDGET_MS, 5000),
  STORE_THROTTLE_MS: () => whole(0, REQUEST_BUDGET_MS, 2000),
  MAX_IN_FLIGHT: () => whole(2, 10_000, 100),
  AUTH_AUTHORITY: () =>
    z
      .string()
      .transform((text) => text.replace(/\/$/, ''))
      .refine((text) => PUBLIC_AUTHORITIES.includes(text) || (isOrigin(text) && isLoopback(new URL(text))), {
        error: `must be one of ${PUBLIC_AUTHORITIES.join(', ')}`,
      })
      .default('https://login.microsoftonline.com'),
  AUTH_AUDIENCE: () =>
    list(
      'must be GUIDs, api:// or https:// URIs that tokens are issued for, separated by commas',
      isAudience,
      'is required: what tokens are issued for, GUIDs, api:// or https:// URIs, separated by commas',
    ).transform((audiences) => [...new Set(audiences.flatMap(spellingsOf))]),
  AUTH_ALLOWED_TENANTS: () =>
    list(
      "must be a comma-separated list of tenant GUIDs, or '*' for any tenant that has consented",
      (tenant) => isGuid(tenant) || tenant === '*',
    ).optional(),
  AUTH_DEADLINE_MS: () => whole(50, REQUEST_BUDGET_MS, 3000),
  PUBLIC_BASE_URL: () =>
    z
      .string()
      .refine(isOrigin, { error: 'must be an origin without a path, like https://ledger.contoso.com' })
      .transform(toOrigin)
      .optional(),
  AZURE_CLIENT_ID: () => z.guid({ error: 'must be the client id (a GUID) of the managed identity' }).optional(),
  CONSOLE_CLIENT_ID: () =>
    z.guid({ error: 'must be the client id (a GUID) of the single-page application' }).optional(),
  CONSOLE_ENABLED: () =>
    z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .default('true')
      .transform((text) => text === 'true'),
  LOG_LEVEL: () => z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('information'),
  WEBSITE_SITE_NAME: () => z.string().optional(),
}

/** Every setting that the app reads; `WEBSITE_SITE_NAME` is set by the platform and says that this is Azure. */
export const settingNames: readonly string[] = Object.keys(settings)

type Values = { [K in keyof typeof settings]: z.output<ReturnType<(typeof settings)[K]>> }

type Given = Readonly<Record<string, string | undefined>>
type Problem = readonly [name: string, message: string]

const parseEach = (given: Given): { values: Partial<Values>; problems: Problem[] } => {
  const problems: Problem[] = []
  const values: Partial<Values> = {}
  for (const [name, make] of Object.entries(settings)) {
    const { data, error } = make().safeParse(given[name])
    if (error === undefined) Object.assign(values, { [name]: data })
    else problems.push(...error.issues.slice(0, 1).map(({ message }): Problem => [name, message]))
  }
  return { values, problems }
}

// Rules that involve several settings. A value that is invalid by itself is absent here, so that it is reported once.
const problemsBetween = (values: Partial<Values>, given: Given): Problem[] => {
  const problems: Problem[] = []
  const { STORE_DEADLINE_MS: store = 0, AUTH_DEADLINE_MS: authority = 0 } = values
  if (store + authority > REQUEST_BUDGET_MS)
    problems.push(['STORE_DEADLINE_MS', `and AUTH_DEADLINE_MS must be ${REQUEST_BUDGET_MS} at most together`])
  if (given.WEBSITE_SITE_NAME === undefined) return problems
  if (given.AUTH_ALLOWED_TENANTS === undefined)
    problems.push(['AUTH_ALLOWED_TENANTS', "is required in Azure: tenant GUIDs, or '*' for any that has consented"])
  if (given.PUBLIC_BASE_URL === undefined)
    problems.push(['PUBLIC_BASE_URL', 'is required in Azure: an https origin without a path'])
  if (values.PUBLIC_BASE_URL?.startsWith('http:'))
    problems.push(['PUBLIC_BASE_URL', 'must be an https origin without a path in Azure'])
  if (values.AUTH_AUTHORITY !== undefined && !PUBLIC_AUTHORITIES.includes(values.AUTH_AUTHORITY))
    problems.push(['AUTH_AUTHORITY', `must be one of ${PUBLIC_AUTHORITIES.join(', ')} in Azure`])
  return problems
}

const parseSettings = (env: Given): Values => {
  const given = Object.fromEntries(settingNames.map((name) => [name, env[name]?.trim() || undefined]))
  const { values, problems: own } = parseEach(given)
  const problems = [...own, ...problemsBetween(values, given)]
  // Safe to read: without a problem, every setting was parsed.
  if (problems.length === 0) return values as Values
  const message = `${problems.map((problem) => problem.join(' ')).join('; ')}.`
  // The log keeps the code of an error but not its message.
  const code = [...new Set(problems.map(([name]) => name))].join(' ')
  throw Object.assign(new Error(message), { name: 'InvalidSettings', code })
}

/** The settings of the app, checked; durations in milliseconds. */
export type Config = ReturnType<typeof parseConfig>

/**
 * Checks the settings. An empty one counts as unset. Throws an Error whose message is one sentence naming every
 * setting that is wrong, and no value.
 */
export const parseConfig = (env: Given) => {
  const data = parseSettings(env)
  const allowed = (data.AUTH_ALLOWED_TENANTS ?? ['*']).map((tenant) => tenant.toLowerCase())
  return {
    inAzure: data.WEBSITE_SITE_NAME !== undefined,
    publicBaseUrl: data.PUBLIC_BASE_URL,
    logLevel: data.LOG_LEVEL,
    maxInFlight: data.MAX_IN_FLIGHT,
    store: {
      endpoint: data.COSMOS_ENDPOINT,
      key: data.COSMOS_KEY,
      database: data.COSMOS_DATABASE,
      regions: data.COSMOS_REGIONS ?? [],
      clientId: data.AZURE_CLIENT_ID,
      deadline: data.STORE_DEADLINE_MS,
      longest: LONGEST_DEADLINE_MS,
      throttle: data.STORE_THROTTLE_MS,
    },
    auth: {
      authority: data.AUTH_AUTHORITY,
      audience: data.AUTH_AUDIENCE,
      allowedTenants: allowed.includes('*') ? undefined : new Set(allowed),
      deadline: data.AUTH_DEADLINE_MS,
    },
    console: { isEnabled: data.CONSOLE_ENABLED, clientId: data.CONSOLE_CLIENT_ID },
  } as const
}

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env)
