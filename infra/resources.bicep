// Everything inside one resource group. Deployable alone, where somebody else makes the group.
import { Region } from 'regions.bicep'
import { Settings } from 'settings.bicep'
import { problemsOf } from 'rules.bicep'

@description('Names everything here, in lower case. 20 characters at most, or names of resources grow too long.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('Where everything is made.')
param location Region

@description('What an operator decides.')
param settings Settings

var containerNames = map(loadJsonContent('containers.json'), container => container.name)
var problems = problemsOf(environmentName, location, containerNames, settings)
var token = uniqueString(resourceGroup().id, toLower(environmentName))
var name = empty(problems) ? '${toLower(environmentName)}-${token}' : fail(join(problems, ' '))
var tags = { 'azd-env-name': environmentName }
var isPrivate = settings.network == 'private'
var regions = [
  location
  ...(settings.database.capacity == 'autoscale' ? settings.database.furtherRegions : [])
]
var accountName = settings.database.?accountName ?? 'cosmos-${name}'
// Storage takes 24 lower-case letters and digits, so the name of the environment is left out.
var storageName = 'st${token}'
var databaseName = 'ledger'
var developer = settings.stage == 'dev' ? settings.?developerPrincipalId : null

// Outside the public cloud these differ, and environment() does not know them.
var cloud = {
  AzureCloud: {
    #disable-next-line no-hardcoded-env-urls // What the app accepts is this text, with no slash at its end.
    authority: 'https://login.microsoftonline.com'
    databaseZone: 'privatelink.documents.azure.com'
  }
  AzureUSGovernment: {
    authority: 'https://login.microsoftonline.us'
    databaseZone: 'privatelink.documents.azure.us'
  }
  AzureChinaCloud: {
    authority: 'https://login.partner.microsoftonline.cn'
    databaseZone: 'privatelink.documents.azure.cn'
  }
}[environment().name]

// One identity for everything that the app does. There is nothing else to sign in with.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: settings.logRetentionDays
    alertAddresses: settings.alertAddresses
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module network 'modules/network.bicep' = if (isPrivate) {
  params: { name: name, location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: storageName
    location: location
    tags: tags
    isPrivate: isPrivate
    zoneRedundant: settings.zoneRedundant
    identityId: identity.id
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module database 'modules/database.bicep' = {
  params: {
    name: accountName
    databaseName: databaseName
    regions: regions
    tags: tags
    database: settings.database
    isPrivate: isPrivate
    isProd: settings.stage == 'prod'
    zoneRedundant: settings.database.?zoneRedundant ?? settings.zoneRedundant
    deleteLock: settings.deleteLock
    workspaceId: monitoring.outputs.workspaceId
  }
}

module databaseAccess 'modules/databaseAccess.bicep' = {
  params: {
    accountName: accountName
    databaseName: databaseName
    containerNames: containerNames
    grants: [
      { key: identity.id, principalId: identity.properties.principalId }
      ...(developer == null ? [] : [{ key: developer!, principalId: developer! }])
    ]
  }
  dependsOn: [database]
}

module databaseEndpoint 'modules/privateEndpoint.bicep' = if (isPrivate) {
  params: {
    // By the account: an endpoint cannot be turned to another one.
    name: accountName
    location: location
    tags: tags
    targetId: database.outputs.accountId
    groupId: 'Sql'
    zoneName: cloud.databaseZone
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
  // Or the account would still be busy with the grants.
  dependsOn: [databaseAccess]
}

module storageEndpoint 'modules/privateEndpoint.bicep' = if (isPrivate) {
  params: {
    name: storageName
    location: location
    tags: tags
    targetId: storage.outputs.accountId
    groupId: 'blob'
    zoneName: 'privatelink.blob.${environment().suffixes.storage}'
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
}

module app 'modules/app.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    zoneRedundant: settings.zoneRedundant
    app: settings.app
    auth: settings.auth
    authority: cloud.authority
    regions: regions
    identityId: identity.id
    clientId: identity.properties.clientId
    subnetId: isPrivate ? network!.outputs.appSubnetId : null
    blobEndpoint: storage.outputs.blobEndpoint
    packagesUrl: storage.outputs.packagesUrl
    databaseEndpoint: database.outputs.endpoint
    databaseName: databaseName
    telemetryConnection: monitoring.outputs.connection
    workspaceId: monitoring.outputs.workspaceId
  }
  // The first start already finds what it needs.
  dependsOn: [databaseAccess, databaseEndpoint, storageEndpoint]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: name
    tags: tags
    actionGroupId: monitoring.outputs.actionGroupId
    telemetryId: monitoring.outputs.telemetryId
    databaseAccountId: database.outputs.accountId
  }
}

module probe 'modules/probe.bicep' = if (!empty(settings.probePlaces)) {
  params: {
    name: name
    location: location
    tags: tags
    url: app.outputs.url
    places: settings.probePlaces
    telemetryId: monitoring.outputs.telemetryId
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

module budget 'modules/budget.bicep' = if (settings.?budget != null) {
  params: { name: name, budget: settings.budget!, actionGroupId: monitoring.outputs.actionGroupId }
}

output FUNCTION_APP_NAME string = app.outputs.name
output SERVICE_API_ENDPOINT_URL string = app.outputs.url
