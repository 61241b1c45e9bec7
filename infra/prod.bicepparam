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
    // Until there is one, the console says how to register it.
    consoleClientId: readEnvironmentVariable('CONSOLE_CLIENT_ID', '')
  }
  database: {
    capacity: 'autoscale'
    // The smallest that there is, for each container; idle, a tenth of it is billed. The alert says when to raise it.
    maxThroughput: 1000
    // Zones stand in for each other already; each further region costs the same again.
    furtherRegions: []
    // A mistake is often found after more than a week.
    backup: 'Continuous30Days'
  }
  network: 'private'
  // One zone may burn down. Only telemetry may then have to wait for another way out, see modules/network.bicep.
  zoneRedundant: true
  // No default: an alert that nobody reads is none.
  alertAddresses: split(readEnvironmentVariable('ALERT_ADDRESSES'), ',')
  // Amsterdam, Dublin, London: near its users, and one failing place is not the service failing.
  probePlaces: ['emea-nl-ams-azr', 'emea-gb-db3-azr', 'emea-ru-msa-edge']
  // Auditors ask about last quarter.
  logRetentionDays: 90
  // About a million requests a day; at most 350 dollars a month.
  logDailyCapGb: 5
  // More than twice what an idle month costs; mails at 80 % forecast, and stops nothing.
  budget: { monthlyAmount: 400, startDate: readEnvironmentVariable('BUDGET_START') }
  // The records of partners are not deleted by accident.
  deleteLock: true
}
