// The store: one account, one database, and the containers that containers.json names.
import { Database } from '../databaseSettings.bicep'
import { Tags } from '../settings.bicep'

param name string
param databaseName string
@description('Where the account is, the writable region first.')
param regions string[]
param tags Tags
param database Database
param isPrivate bool
param isProd bool
param zoneRedundant bool
param deleteLock bool
param workspaceId string

var containers = loadJsonContent('../containers.json')

resource account 'Microsoft.DocumentDB/databaseAccounts@2026-03-15' = {
  name: name
  location: regions[0]
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: database.capacity == 'serverless' ? [{ name: 'EnableServerless' }] : []
    locations: [
      for (region, priority) in regions: {
        locationName: region
        failoverPriority: priority
        isZoneRedundant: zoneRedundant
      }
    ]
    // Also with one region: Azure refuses to change regions and anything else of the account at once.
    enableAutomaticFailover: database.capacity == 'autoscale'
    enableMultipleWriteLocations: false
    // Any instance finds what another has written, and the bounds are those that further regions would need.
    consistencyPolicy: {
      defaultConsistencyLevel: 'BoundedStaleness'
      maxIntervalInSeconds: 300
      maxStalenessPrefix: 100000
    }
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: database.backup } }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    networkAclBypass: 'None'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource ledger 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2026-03-15' = {
  parent: account
  name: databaseName
  properties: { resource: { id: databaseName } }
}

var maxima = [
  for container in containers: database.capacity == 'autoscale'
    ? database.?maxThroughputOf[?container.name] ?? database.maxThroughput
    : 0
]

resource collections 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2026-03-15' = [
  for (container, index) in containers: {
    parent: ledger
    name: container.name
    properties: {
      options: database.capacity == 'autoscale' ? { autoscaleSettings: { maxThroughput: maxima[index] } } : {}
      resource: {
        id: container.name
        partitionKey: {
          kind: length(container.partitionKey) > 1 ? 'MultiHash' : 'Hash'
          paths: container.partitionKey
          version: 2
        }
        indexingPolicy: {
          automatic: true
          indexingMode: 'consistent'
          includedPaths: map(container.includedPaths, path => { path: path })
          excludedPaths: map(container.excludedPaths, path => { path: path })
          compositeIndexes: container.compositeIndexes
        }
        ...(container.defaultTtl == null ? {} : { defaultTtl: container.defaultTtl })
      }
    }
  }
]

// The options above count when a container is made; this is what raises or lowers it later.
resource throughput 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/throughputSettings@2026-03-15' = [
  for (container, index) in containers: if (database.capacity == 'autoscale') {
    parent: collections[index]
    name: 'default'
    properties: { resource: { autoscaleSettings: { maxThroughput: maxima[index] } } }
  }
]

#disable-next-line use-recent-api-versions // There is no other version.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    // Tables of their own: typed columns, and no limit of 500 of them shared with every other service.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      ...(isProd
        ? [
            { category: 'DataPlaneRequests', enabled: true }
            { category: 'PartitionKeyRUConsumption', enabled: true }
          ]
        : [])
    ]
  }
}

// On the account and not on the group: there it would also stop Azure from tidying old deployments.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the records of partners. Remove the lock only to take the service down.'
  }
}

output accountId string = account.id
output endpoint string = account.properties.documentEndpoint
