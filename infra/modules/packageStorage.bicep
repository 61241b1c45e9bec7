// Where the deployed package is. The identity that the app signs in with has no role here: whoever got hold of its token
// could otherwise replace the code of the app. The platform fetches and stores the package with an identity of its own.
import { Tags } from '../settings.bicep'

@description('Of the account.')
param name string
param identityName string
param location string
param tags Tags
param isPrivate bool
param zoneRedundant bool
param workspaceId string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: location
  tags: tags
}

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

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  name: '${name}/default/packages'
  properties: { publicAccess: 'None' }
  dependsOn: [storage]
}

// Storage Blob Data Contributor: a deployment stores the package, and a start reads it.
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource packageAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(packages.id, identity.id, blobContributor)
  scope: packages
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

output accountId string = storage.outputs.accountId
output identityId string = identity.id
output packagesUrl string = '${storage.outputs.blobEndpoint}packages'
