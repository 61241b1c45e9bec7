// The function app on Flex Consumption. It signs in to everything with its identity; the platform handles the package
// with another, which has to belong to the app.
import { App, Auth, Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param zoneRedundant bool
param app App
param auth Auth
param authority string
param regions string[]
param identityId string
param clientId string
param subnetId string?
param blobEndpoint string
param packageIdentityId string
param packagesUrl string
param databaseEndpoint string
param databaseName string
param telemetryConnection string
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-${name}'
  location: location
  // azd finds the app of the service "api" by this tag.
  tags: { ...tags, 'azd-service-name': 'api' }
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {}, '${packageIdentityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    ...(subnetId == null ? {} : { virtualNetworkSubnetId: subnetId! })
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', ftpsState: 'Disabled' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: packageIdentityId }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: app.instanceMemoryMB
        maximumInstanceCount: app.maximumInstances
        alwaysReady: app.alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: app.alwaysReadyInstances }]
        triggers: { http: { perInstanceConcurrency: app.httpConcurrency } }
      }
    }
  }

  // A password for deployment would be a key like any other.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // A child, since the app's own address is known only once it is there.
  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
      // By its address and not by its name: that works in every cloud.
      AzureWebJobsStorage__blobServiceUri: blobEndpoint
      AzureWebJobsStorage__clientId: clientId
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsDisableHomepage: 'true'
      // A bundle that does not load is an error in the log, and not an app without functions.
      FUNCTIONS_NODE_BLOCK_ON_ENTRY_POINT_ERROR: 'true'
      AUTH_ALLOWED_TENANTS: join(auth.allowedTenants, ',')
      AUTH_AUDIENCE: join(auth.audiences, ',')
      AUTH_AUTHORITY: authority
      AZURE_CLIENT_ID: clientId
      COSMOS_DATABASE: databaseName
      COSMOS_ENDPOINT: databaseEndpoint
      // So that the half which one partner may hold is half of what the platform hands over.
      MAX_IN_FLIGHT: string(app.httpConcurrency)
      PUBLIC_BASE_URL: app.?publicBaseUrl ?? 'https://${site.properties.defaultHostName}'
      // What is not said is left out: the app has its own defaults.
      ...(length(regions) < 2 ? {} : { COSMOS_REGIONS: join(regions, ',') })
      ...(empty(trim(app.?consoleClientId ?? '')) ? {} : { CONSOLE_CLIENT_ID: app.consoleClientId! })
      // string() would give False, which the app refuses.
      ...(app.?consoleEnabled == null ? {} : { CONSOLE_ENABLED: app.consoleEnabled! ? 'true' : 'false' })
      ...(app.?logLevel == null ? {} : { LOG_LEVEL: app.logLevel! })
      ...(app.?storeDeadlineMs == null ? {} : { STORE_DEADLINE_MS: string(app.storeDeadlineMs!) })
      ...(app.?storeThrottleMs == null ? {} : { STORE_THROTTLE_MS: string(app.storeThrottleMs!) })
      ...(auth.?deadlineMs == null ? {} : { AUTH_DEADLINE_MS: string(auth.deadlineMs!) })
    }
  }
}

// What the platform says of the app, also when it cannot reach Application Insights.
#disable-next-line use-recent-api-versions // There is no other version.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: site
  properties: { workspaceId: workspaceId, logs: [{ category: 'FunctionAppLogs', enabled: true }] }
}

output name string = site.name
output url string = 'https://${site.properties.defaultHostName}'
