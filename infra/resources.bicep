// Everything inside one resource group. Deployable alone, where somebody else makes the group.
import { clouds } from 'clouds.bicep'
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
var packagesName = 'stpkg${token}'
var databaseName = 'ledger'
var developer = settings.stage == 'dev' ? settings.?developerPrincipalId : null

var cloud = clouds[environment().name]

// One identity for everything that the app does.
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
    dailyCapGb: settings.logDailyCapGb
    alertAddresses: settings.alertAddresses
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module network 'modules/network.bicep' = if (isPrivate) {
  params: {
    name: name
    location: location
    tags: tags
    zoneRedundant: settings.zoneRedundant
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/hostStorage.bicep' = {
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

module packages 'modules/packageStorage.bicep' = {
  params: {
    name: packagesName
    identityName: 'id-package-${name}'
    location: location
    tags: tags
    isPrivate: isPrivate
    zoneRedundant: settings.zoneRedundant
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

module privateAccess 'modules/privateAccess.bicep' = if (isPrivate) {
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    databaseZone: cloud.databaseZone
    databaseName: accountName
    databaseId: database.outputs.accountId
    storageName: storageName
    storageId: storage.outputs.accountId
    packagesName: packagesName
    packagesId: packages.outputs.accountId
  }
  // Or the account would still be busy with the grants.
  dependsOn: [databaseAccess]
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
    packageIdentityId: packages.outputs.identityId
    packagesUrl: packages.outputs.packagesUrl
    databaseEndpoint: database.outputs.endpoint
    databaseName: databaseName
    telemetryConnection: monitoring.outputs.connection
    workspaceId: monitoring.outputs.workspaceId
  }
  // The first start already finds what it needs.
  dependsOn: [databaseAccess, privateAccess]
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
