// What must not compile, or must fail before anything is deployed: bad input, and a part of the sentence it gets.
// Each is prod, or dev, with one thing changed.

/** @typedef {{ promise: string, stage?: 'dev' | 'prod', params?: string, settings?: string, env?: Record<string, string | undefined>, says: RegExp }} Refusal */

const AUTOSCALE = "capacity: 'autoscale', backup: 'Continuous30Days', maxThroughput: 1000"

/** @type {readonly Refusal[]} */
export const refusals = [
  {
    promise: 'a region without Flex Consumption',
    params: "param location = 'antarcticasouth'",
    says: /BCP033.*location|'antarcticasouth'/,
  },
  {
    promise: 'a name that would grow too long',
    params: "param environmentName = 'a-name-of-21-letters-'",
    says: /too long .* maximum allowable length is 20/,
  },
  {
    promise: 'a name with letters that resources do not take',
    params: "param environmentName = 'Ledger_1'",
    says: /environmentName takes letters, digits and hyphens only/,
  },
  {
    promise: 'prod without an alert address',
    settings: 'alertAddresses: []',
    says: /too short .* minimum allowable length is 1/,
  },
  {
    promise: 'prod whose alert address is not said',
    env: { ALERT_ADDRESSES: undefined },
    says: /"ALERT_ADDRESSES" does not exist/,
  },
  {
    promise: 'prod whose alert address is empty',
    env: { ALERT_ADDRESSES: '' },
    says: /alertAddresses takes mail addresses/,
  },
  {
    promise: 'an audience that is not said',
    env: { AUTH_AUDIENCE: undefined },
    says: /"AUTH_AUDIENCE" does not exist/,
  },
  { promise: 'an empty audience', env: { AUTH_AUDIENCE: '' }, says: /auth\.audiences takes/ },
  {
    promise: 'tenants that are not said',
    env: { AUTH_ALLOWED_TENANTS: undefined },
    says: /"AUTH_ALLOWED_TENANTS" does not exist/,
  },
  { promise: 'empty tenants', env: { AUTH_ALLOWED_TENANTS: '' }, says: /auth\.allowedTenants takes tenant ids/ },
  {
    promise: 'a tenant that is no GUID',
    env: { AUTH_ALLOWED_TENANTS: 'contoso' },
    says: /auth\.allowedTenants takes tenant ids/,
  },
  {
    promise: 'prod with public endpoints',
    settings: "network: 'public'",
    says: /"network" expected a value of type "'private'"/,
  },
  {
    promise: 'prod without throughput of its own',
    settings: "database: { capacity: 'serverless', backup: 'Continuous30Days' }",
    says: /"capacity" expected a value of type "'autoscale'"/,
  },
  {
    promise: 'a second region while serverless',
    stage: 'dev',
    settings: "database: { capacity: 'serverless', backup: 'Continuous7Days', furtherRegions: ['northeurope'] }",
    says: /"furtherRegions" is not allowed on objects of type .* 'serverless'/,
  },
  {
    promise: "the app's own region once more",
    settings: `database: { ${AUTOSCALE}, furtherRegions: ['swedencentral'] }`,
    says: /must not repeat the region of the app/,
  },
  {
    promise: 'throughput below the smallest',
    settings: `database: { ${AUTOSCALE.replace('1000', '400')}, furtherRegions: [] }`,
    says: /at least 1000|minimum.*1000|between 1000/,
  },
  // learn.microsoft.com/azure/cosmos-db/provision-throughput-autoscale
  {
    promise: 'throughput between the steps',
    settings: `database: { ${AUTOSCALE.replace('1000', '1500')}, furtherRegions: [] }`,
    says: /must be multiples of 1000/,
  },
  {
    promise: 'throughput of a container that does not exist',
    settings: `database: { ${AUTOSCALE}, furtherRegions: [], maxThroughputOf: { results: 2000 } }`,
    says: /names a container that does not exist: results/,
  },
  {
    promise: 'a developer in prod',
    settings: "developerPrincipalId: '2b1f8f3e-51b3-4e0c-8d0a-6a3c1f0d9a77'",
    says: /"developerPrincipalId" is not allowed/,
  },
  // learn.microsoft.com/azure/azure-functions/functions-zone-redundancy, learn.microsoft.com/azure/reliability/regions-list
  {
    promise: 'zones where the region has none',
    params: "param location = 'ukwest'",
    says: /zoneRedundant needs availability zones, which these regions lack: ukwest/,
  },
  {
    promise: 'zones where a further region has none',
    settings: `database: { ${AUTOSCALE}, furtherRegions: ['northcentralus'] }`,
    says: /zoneRedundant needs availability zones, which these regions lack: northcentralus/,
  },
  {
    promise: 'further regions by their display names and unknown ones, each named',
    settings: `database: { ${AUTOSCALE}, furtherRegions: ['Sweden Central', 'atlantis', 'northeurope'] }`,
    says: /short names of regions, like northeurope; unknown: Sweden Central, atlantis\./,
  },
  {
    promise: 'a further region twice',
    settings: `database: { ${AUTOSCALE}, furtherRegions: ['northeurope', 'northeurope'] }`,
    says: /must name each region once/,
  },
  // learn.microsoft.com/azure/reliability/reliability-functions: with zones the platform keeps two of them, whatever is said.
  {
    promise: 'one warm instance in several zones',
    settings: 'app: { ...base.settings.app, alwaysReadyInstances: 1 }',
    says: /must be 0 or at least 2 with zoneRedundant/,
  },
  // learn.microsoft.com/azure/azure-functions/functions-concurrency
  {
    promise: 'requests that no instance could work on',
    settings: 'app: { ...base.settings.app, httpConcurrency: 1 }',
    says: /at least 2|minimum.*2|between 2/,
  },
  {
    promise: 'a log level that does not exist',
    settings: "app: { ...base.settings.app, logLevel: 'loud' }",
    says: /"'debug' \| 'error'/,
  },
  { promise: 'a setting that nobody knows', settings: 'telemetry: false', says: /"telemetry" is not allowed/ },
  {
    promise: 'more warm instances than instances',
    settings: 'app: { ...base.settings.app, alwaysReadyInstances: 41 }',
    says: /must not exceed app\.maximumInstances/,
  },
  {
    promise: 'an address of clients with a path',
    settings: "app: { ...base.settings.app, publicBaseUrl: 'https://contoso.com/ledger' }",
    says: /must be an https origin without a path/,
  },
  {
    promise: 'a client of the console that is no GUID',
    env: { CONSOLE_CLIENT_ID: 'contoso' },
    says: /app\.consoleClientId must be the client id/,
  },
  {
    promise: 'the same in dev, where it comes from the environment, too',
    stage: 'dev',
    env: { CONSOLE_CLIENT_ID: 'contoso' },
    says: /app\.consoleClientId must be the client id/,
  },
  {
    promise: 'a console that is neither on nor off',
    settings: "app: { ...base.settings.app, consoleEnabled: 'no' }",
    says: /"consoleEnabled" expected a value of type "bool/,
  },
  {
    promise: 'a memory size that does not exist',
    settings: 'app: { ...base.settings.app, instanceMemoryMB: 1024 }',
    says: /"2048 \| 4096 \| 512"/,
  },
  {
    promise: 'a probe from one place',
    settings: "probePlaces: ['emea-nl-ams-azr']",
    says: /probePlaces takes two places or more/,
  },
  {
    promise: 'prod without the month in which its budget starts',
    env: { BUDGET_START: undefined },
    says: /"BUDGET_START" does not exist/,
  },
  {
    promise: 'a budget that starts on no date',
    env: { BUDGET_START: 'tomorrow01' },
    says: /must be the first day of a month/,
  },
  {
    promise: 'logs without a ceiling',
    settings: 'logDailyCapGb: 0',
    says: /at least 1|minimum.*1|between 1/,
  },
  // learn.microsoft.com/azure/cost-management-billing/costs/quick-create-budget-bicep
  {
    promise: 'a budget that starts in the middle of a month',
    settings: "budget: { monthlyAmount: 50, startDate: '2027-01-15' }",
    says: /must be the first day of a month/,
  },
]
