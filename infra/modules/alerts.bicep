// What wakes somebody. docs/deploy.md says for each one what to do.
import { Tags } from '../settings.bicep'

param name string
param tags Tags
param actionGroupId string
param telemetryId string
param databaseAccountId string

@sealed()
type Alert = {
  name: string
  description: string
  @description('0 critical, 1 error, 2 warning.')
  severity: 0 | 1 | 2
  resourceId: string
  metricNamespace: string
  metricName: string
  aggregation: 'Average' | 'Count' | 'Minimum' | 'Total'
  operator: 'GreaterThan' | 'LessThan'
  threshold: int
  @description('Over how long the metric is looked at, and how often.')
  window: 'PT5M' | 'PT15M' | 'PT1H'
  every: 'PT5M' | 'PT15M'
  dimension: { name: string, values: string[] }?
}

var store = { resourceId: databaseAccountId, metricNamespace: 'Microsoft.DocumentDB/databaseAccounts' }
var requests = { resourceId: telemetryId, metricNamespace: 'microsoft.insights/components' }
var often = { window: 'PT5M', every: 'PT5M' }
var serverErrors = ['500', '502', '503', '504']

var alerts Alert[] = [
  {
    ...store
    ...often
    name: 'store-throttling'
    description: 'The database refused more than 100 requests in five minutes because its throughput was used up.'
    severity: 2
    metricName: 'TotalRequests'
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 100
    dimension: { name: 'StatusCode', values: ['429'] }
  }
  {
    ...store
    ...often
    name: 'store-server-errors'
    description: 'The database failed more than 10 requests in five minutes with one and the same status.'
    severity: 1
    metricName: 'TotalRequests'
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 10
    dimension: { name: 'StatusCode', values: ['408', '410', '449', '500', '503'] }
  }
  {
    ...store
    name: 'store-latency'
    description: 'The database took more than 100 ms for an average request, for a quarter of an hour.'
    severity: 2
    metricName: 'ServerSideLatencyGateway'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 100
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    ...store
    name: 'store-availability'
    description: 'The database answered less than 99 % of the requests of the last hour.'
    severity: 0
    metricName: 'ServiceAvailability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 99
    // The metric has one value an hour.
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    ...requests
    ...often
    name: 'failed-requests'
    description: 'The app answered more than 5 requests in five minutes with one and the same server error.'
    severity: 1
    // Of all requests those with these codes: what a caller did wrong is no failure of the service.
    metricName: 'requests/count'
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 5
    dimension: { name: 'request/resultCode', values: serverErrors }
  }
  {
    ...requests
    name: 'slow-requests'
    description: 'The app took more than a second for an average request, for a quarter of an hour.'
    severity: 2
    metricName: 'requests/duration'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 1000
    window: 'PT15M'
    every: 'PT5M'
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for alert in alerts: {
    name: '${alert.name}-${name}'
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      autoMitigate: true
      scopes: [alert.resourceId]
      evaluationFrequency: alert.every
      windowSize: alert.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'metric'
            metricNamespace: alert.metricNamespace
            metricName: alert.metricName
            timeAggregation: alert.aggregation
            operator: alert.operator
            threshold: alert.threshold
            dimensions: alert.?dimension == null
              ? []
              : [{ name: alert.dimension!.name, operator: 'Include', values: alert.dimension!.values }]
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]
