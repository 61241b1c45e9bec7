using 'main.bicep'

// Whose tokens count and who is told belongs to whoever deploys, not in this file: it comes from the environment.
param environmentName = 'ledger-dev'
// Has availability zones, Flex Consumption and low prices in Europe.
param location = 'swedencentral'
param settings = {
  stage: 'dev'
  auth: {
    audiences: split(readEnvironmentVariable('AUTH_AUDIENCE'), ',')
    // No default: a * must be said.
    allowedTenants: split(readEnvironmentVariable('AUTH_ALLOWED_TENANTS'), ',')
  }
  app: {
    // The bundle needs little memory; 512 MB would have a quarter of the processor and start slower.
    instanceMemoryMB: 2048
    // A ceiling for mistakes.
    maximumInstances: 40
    // Costs nothing at night; the first request of the morning waits.
    alwaysReadyInstances: 0
    // The app waits for the database most of the time.
    httpConcurrency: 100
    // Until there is one, the console says how to register it.
    consoleClientId: readEnvironmentVariable('CONSOLE_CLIENT_ID', '')
  }
  // Pay per request. The week of backup costs nothing.
  database: { capacity: 'serverless', backup: 'Continuous7Days' }
  // Reachable from a laptop, with an identity.
  network: 'public'
  // Trying things out may stop with a zone.
  zoneRedundant: false
  // Nobody is woken by default.
  alertAddresses: empty(readEnvironmentVariable('ALERT_ADDRESSES', ''))
    ? []
    : split(readEnvironmentVariable('ALERT_ADDRESSES', ''), ',')
  // It would keep the app awake all night.
  probePlaces: []
  // The shortest that costs nothing extra.
  logRetentionDays: 30
  // Much more than trying things out writes; at most 70 dollars a month.
  logDailyCapGb: 1
  // Made and thrown away often.
  deleteLock: false
}
