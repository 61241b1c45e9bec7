// What the Functions host keeps for itself: leases and keys. No data of partners, and not the package.
import { Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param isPrivate bool
param zoneRedundant bool
param identityId string
param principalId string
param workspaceId string

module storage 'storage.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    isPrivate: isPrivate
    zoneRedundant: zoneRedundant
    workspaceId: workspaceId
  }
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: name
}

// Storage Blob Data Owner: what the host asks for where it keeps its own blobs.
var blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource hostAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityId, blobOwner)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [storage]
}

output accountId string = storage.outputs.accountId
output blobEndpoint string = storage.outputs.blobEndpoint
