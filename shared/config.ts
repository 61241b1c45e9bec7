import * as z from 'zod'

const PUBLIC_AUTHORITIES = [
  'https://login.microsoftonline.com',
  'https://login.microsoftonline.us',
  'https://login.partner.microsoftonline.cn',
]

const toUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)

const isOrigin = (text: string): boolean => {
  const url = toUrl(text)
  return url !== undefined && (text === url.origin || text === `${url.origin}/`) && /^https?:$/.test(url.protocol)
}

const withoutSlash = (text: string): string => text.replace(/\/$/, '')

const list = (error: string, isItem: (item: string) => boolean, minimum = 1) =>
  z
    .string({ error })
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
    list('must be two or more regions, separated by commas', (region) => region !== '', 2).optional(),
  STORE_DEADLINE_MS: () => whole(50, 60_000, 5000),
  STORE_THROTTLE_MS: () => whole(0, 60_000, 2000),
  MAX_IN_FLIGHT: () => whole(2, 10_000, 100),
  AUTH_AUTHORITY: () =>
    z
      .string()
      .transform(withoutSlash)
      .refine((text) => PUBLIC_AUTHORITIES.includes(text) || (isOrigin(text) && isLoopback(new URL(text))), {
        error: `must be one of ${PUBLIC_AUTHORITIES.join(', ')}`,
      })
      .default('https://login.microsoftonline.com'),
  AUTH_AUDIENCE: () =>
    list(
      'is required: a comma-separated list of GUIDs and api:// URIs that tokens are issued for',
      (audience) => isGuid(audience) || /^api:\/\/\S+$/.test(audience),
    ),
  AUTH_ALLOWED_TENANTS: () =>
    list(
      "must be a comma-separated list of tenant GUIDs, or '*' for any tenant that has consented",
      (tenant) => isGuid(tenant) || tenant === '*',
    ).optional(),
  AUTH_DEADLINE_MS: () => whole(50, 60_000, 3000),
  PUBLIC_BASE_URL: () =>
    z
      .string()
      .refine(isOrigin, { error: 'must be an origin without a path, like https://ledger.contoso.com' })
      .transform(withoutSlash)
      .optional(),
  AZURE_CLIENT_ID: () => z.guid({ error: 'must be the client id (a GUID) of the managed identity' }).optional(),
  LOG_LEVEL: () => z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('information'),
  WEBSITE_SITE_NAME: () => z.string().optional(),
}

/** Every setting that the app reads; `WEBSITE_SITE_NAME` is set by the platform and says that this is Azure. */
export const settingNames: readonly string[] = Object.keys(settings)

type Built = { [K in keyof typeof settings]: ReturnType<(typeof settings)[K]> }

// The entries are those of `settings`, each made.
const build = () => Object.fromEntries(Object.entries(settings).map(([name, make]) => [name, make()])) as Built

const environment = () =>
  z.object(build()).check(({ value, issues }) => {
    const refuse = (name: string, message: string) =>
      issues.push({ code: 'custom', path: [name], message, input: value })
    if (value.WEBSITE_SITE_NAME === undefined) return
    if (value.AUTH_ALLOWED_TENANTS === undefined)
      refuse('AUTH_ALLOWED_TENANTS', "is required in Azure ('*' to allow any tenant that has consented)")
    if (value.PUBLIC_BASE_URL?.startsWith('https:') !== true)
      refuse('PUBLIC_BASE_URL', 'is required in Azure, and must be an https origin without a path')
    if (!PUBLIC_AUTHORITIES.includes(value.AUTH_AUTHORITY))
      refuse('AUTH_AUTHORITY', `must be one of ${PUBLIC_AUTHORITIES.join(', ')} in Azure`)
  })

/** The settings of the app, checked; durations in milliseconds. */
export type Config = ReturnType<typeof parseConfig>

/**
 * Checks the settings. An empty one counts as unset. Throws an Error whose message is one sentence naming every
 * setting that is wrong, and no value.
 */
export const parseConfig = (env: Readonly<Record<string, string | undefined>>) => {
  const given = settingNames.map((name) => [name, env[name]?.trim() || undefined])
  const { data, error } = environment().safeParse(Object.fromEntries(given))
  if (error !== undefined) {
    const message = `${error.issues.map(({ path, message }) => `${String(path[0])} ${message}`).join('; ')}.`
    // The log of a request keeps the code of an error, and not its message.
    const code = [...new Set(error.issues.map(({ path }) => String(path[0])))].join(' ')
    throw Object.assign(new Error(message), { name: 'InvalidSettings', code })
  }
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
      throttle: data.STORE_THROTTLE_MS,
    },
    auth: {
      authority: data.AUTH_AUTHORITY,
      audience: data.AUTH_AUDIENCE,
      allowedTenants: allowed.includes('*') ? undefined : new Set(allowed),
      deadline: data.AUTH_DEADLINE_MS,
    },
  } as const
}

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env)
