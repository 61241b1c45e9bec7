// Asks /health from outside. An app that does not start sends no telemetry, so nothing else would notice.
import { Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param url string
param places string[]
param telemetryId string
param actionGroupId string

resource probe 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'health-${name}'
  location: location
  // The link is what makes it appear in Application Insights.
  tags: { ...tags, 'hidden-link:${telemetryId}': 'Resource' }
  kind: 'standard'
  properties: {
    Kind: 'standard'
    Name: 'health-${name}'
    SyntheticMonitorId: 'health-${name}'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [for place in places: { Id: place }]
    Request: { RequestUrl: '${url}/health', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource alert 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'health-probe-${name}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The health of the app could not be read from two places or more.'
    severity: 0
    enabled: true
    autoMitigate: true
    scopes: [probe.id, telemetryId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: probe.id
      componentId: telemetryId
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
