// Where logs and metrics go, and whom an alert reaches. Nothing is written or read with a key.
import { Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param retentionDays int
param dailyCapGb int
param alertAddresses string[]
param identityId string
param principalId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    // A ceiling of cost: what comes beyond it in a day is dropped, and an alert says so.
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

// Who looked at the logs.
#disable-next-line use-recent-api-versions // There is no other version.
resource workspaceLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: workspace
  properties: { workspaceId: workspace.id, logs: [{ categoryGroup: 'audit', enabled: true }] }
}

resource telemetry 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

// Monitoring Metrics Publisher: what sending telemetry with an identity takes.
var publisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource publishing 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(telemetry.id, identityId, publisher)
  scope: telemetry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'ledger'
    emailReceivers: [
      for (address, index) in alertAddresses: {
        name: 'mail-${index}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

// learn.microsoft.com/azure/azure-monitor/logs/daily-cap: the workspace itself writes this, and it is never dropped.
resource capReached 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: 'telemetry-cap-${name}'
  location: location
  tags: tags
  properties: {
    displayName: 'telemetry-cap-${name}'
    description: 'The workspace has taken its GB of the day: logs are dropped until it begins anew.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: '_LogOperation | where Category =~ "Ingestion" | where Detail has "OverQuota"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroup.id] }
  }
}

output workspaceId string = workspace.id
output telemetryId string = telemetry.id
output actionGroupId string = actionGroup.id
@description('An address, and no secret: with local authentication off it lets nobody in.')
output connection string = telemetry.properties.ConnectionString
