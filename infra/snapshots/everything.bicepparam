// Never deployed: every setting that dev and prod leave out, so that tests see what each of them does.
using '../main.bicep'

param environmentName = 'Ledger-Everything-20'
param location = 'westeurope'
param settings = {
  stage: 'dev'
  auth: {
    audiences: ['4f6f7c1e-0f0a-4a37-9b7e-6f1d6b4b6f10', 'api://ledger']
    allowedTenants: ['*']
    deadlineMs: 4000
  }
  app: {
    instanceMemoryMB: 512
    maximumInstances: 100
    alwaysReadyInstances: 3
    httpConcurrency: 32
    publicBaseUrl: 'https://ledger.contoso.com'
    consoleClientId: '9b0e4f27-6c13-4d8a-b5f1-70d2c8e6a394'
    consoleEnabled: false
    logLevel: 'warning'
    storeDeadlineMs: 6000
    storeThrottleMs: 0
  }
  database: {
    capacity: 'autoscale'
    maxThroughput: 2000
    maxThroughputOf: { managedTenantOperationResults: 10000 }
    furtherRegions: ['northeurope']
    backup: 'Continuous30Days'
    accountName: 'cosmos-restored'
    zoneRedundant: false
  }
  network: 'private'
  zoneRedundant: true
  alertAddresses: ['first@contoso.com', 'second@contoso.com']
  probePlaces: ['us-va-ash-azr', 'emea-nl-ams-azr']
  logRetentionDays: 31
  logDailyCapGb: 2
  developerPrincipalId: '2b1f8f3e-51b3-4e0c-8d0a-6a3c1f0d9a77'
  budget: { monthlyAmount: 50, startDate: '2027-01-01' }
  deleteLock: true
}
