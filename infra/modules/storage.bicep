// Holds the deployed package and what the Functions host keeps for itself. No data of partners.
import { Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param isPrivate bool
param zoneRedundant bool
param identityId string
param principalId string
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    // A package that was deleted by mistake can be had back for a week.
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: blobs
  name: 'packages'
  properties: { publicAccess: 'None' }
}

// Storage Blob Data Owner: what the host asks for where it keeps its own blobs and takes the package from.
var blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource hostAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityId, blobOwner)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

#disable-next-line use-recent-api-versions // There is no other version.
resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    // Reads are the host looking at its own lease, all day long.
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
  }
}

output accountId string = account.id
output blobEndpoint string = account.properties.primaryEndpoints.blob
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'
