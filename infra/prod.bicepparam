using 'main.bicep'

// Whose tokens count and who is told belongs to whoever deploys, not in this file: it comes from the environment.
param environmentName = 'ledger-prod'
// Has availability zones, Flex Consumption and low prices in Europe.
param location = 'swedencentral'
param settings = {
  stage: 'prod'
  auth: {
    audiences: split(readEnvironmentVariable('AUTH_AUDIENCE'), ',')
    // No default: a * must be said.
    allowedTenants: split(readEnvironmentVariable('AUTH_ALLOWED_TENANTS'), ',')
  }
  app: {
    // A whole processor for each instance.
    instanceMemoryMB: 2048
    // 40 instances of 100 requests are far more than the throughput below can serve.
    maximumInstances: 40
    // Two, so that no zone is the only warm one.
    alwaysReadyInstances: 2
    // The app waits for the database most of the time.
    httpConcurrency: 100
  }
  database: {
    capacity: 'autoscale'
    // The smallest autoscale: about 150 creates a second and container, for the price of a tenth when idle.
    maxThroughput: 1000
    // One region is enough for the promise of 99.99 % with zones; each further one costs the same again.
    furtherRegions: []
    // A mistake is often found after more than a week.
    backup: 'Continuous30Days'
  }
  network: 'private'
  // One zone may burn down.
  zoneRedundant: true
  // No default: an alert that nobody reads is none.
  alertAddresses: split(readEnvironmentVariable('ALERT_ADDRESSES'), ',')
  // Auditors ask about last quarter.
  logRetentionDays: 90
  // The records of partners are not deleted by accident.
  deleteLock: true
}
