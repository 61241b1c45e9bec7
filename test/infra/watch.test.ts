import { describe, expect, it } from 'vitest'
import { at, type Deployed, itemsAt, onlyOf, resourcesOf, stages } from './deployed'
import { types } from './resourceTypes'

type Stage = (typeof stages)[number]

const logged: readonly string[] = [
  types.workspace,
  types.publicAddress,
  types.rules,
  types.network,
  types.blobs,
  types.account,
  types.site,
]

// They have metrics alone, which Azure keeps by itself, or (telemetry) their logs already are in the workspace.
const silent: readonly string[] = Object.values(types).filter((type) => !logged.includes(type))

const logsOf = (stage: Stage, { id }: Deployed) =>
  resourcesOf(stage, types.diagnostics).filter((setting) =>
    setting.id.startsWith(`${id}/providers/Microsoft.Insights/`),
  )

describe.each(stages)('%s', (stage) => {
  it('every resource that has logs sends them to the workspace', () => {
    for (const resource of resourcesOf(stage).filter(({ type }) => logged.includes(type))) {
      const [setting, ...others] = logsOf(stage, resource)
      expect(others, resource.id).toEqual([])
      expect(at(setting, 'properties.workspaceId'), resource.id).toBe(onlyOf(stage, types.workspace).id)
      const logs = itemsAt(setting, 'properties.logs')
      expect(logs.length, resource.id).toBeGreaterThan(0)
      for (const log of logs) expect(log, resource.id).toMatchObject({ enabled: true })
    }
  })

  it('of every type of resource somebody has decided whether it has logs', () => {
    const undecided = resourcesOf(stage).filter(({ type }) => !logged.includes(type) && !silent.includes(type))
    expect(undecided.map(({ type }) => type)).toEqual([])
  })

  it('telemetry goes to the same workspace', () => {
    expect(at(onlyOf(stage, types.telemetry), 'properties.WorkspaceResourceId')).toBe(onlyOf(stage, types.workspace).id)
  })

  it('every alert is on, and reaches the action group', () => {
    for (const alert of resourcesOf(stage, types.alert)) {
      expect(at(alert, 'properties.enabled'), alert.name).toBe(true)
      expect(at(alert, 'properties.actions'), alert.name).toEqual([
        { actionGroupId: onlyOf(stage, types.actionGroup).id },
      ])
    }
  })
})

const categories = (stage: Stage) =>
  logsOf(stage, onlyOf(stage, types.account)).flatMap((setting) =>
    itemsAt(setting, 'properties.logs').map((log) => at(log, 'category')),
  )

it('prod logs every request to the database, in tables of its own', () => {
  expect(categories('prod')).toEqual(['ControlPlaneRequests', 'DataPlaneRequests', 'PartitionKeyRUConsumption'])
  const [setting] = logsOf('prod', onlyOf('prod', types.account))
  expect(at(setting, 'properties.logAnalyticsDestinationType')).toBe('Dedicated')
})

it('dev logs who changed the database, and not every request', () => {
  expect(categories('dev')).toEqual(['ControlPlaneRequests'])
})

const STORE = 'Microsoft.DocumentDB/databaseAccounts'
const REQUESTS = 'microsoft.insights/components'

const alerts: readonly (readonly [name: string, criterion: Record<string, unknown>, values: readonly string[]])[] = [
  ['store-throttling', { metricNamespace: STORE, metricName: 'TotalRequests', timeAggregation: 'Count' }, ['429']],
  [
    'store-server-errors',
    { metricNamespace: STORE, metricName: 'TotalRequests', timeAggregation: 'Count' },
    ['408', '410', '449', '500', '503'],
  ],
  ['store-latency', { metricNamespace: STORE, metricName: 'ServerSideLatencyGateway', timeAggregation: 'Average' }, []],
  [
    'store-availability',
    {
      metricNamespace: STORE,
      metricName: 'ServiceAvailability',
      timeAggregation: 'Average',
      operator: 'LessThan',
      threshold: 99,
    },
    [],
  ],
  [
    'failed-requests',
    { metricNamespace: REQUESTS, metricName: 'requests/count', timeAggregation: 'Count' },
    ['500', '502', '503', '504'],
  ],
  ['slow-requests', { metricNamespace: REQUESTS, metricName: 'requests/duration', timeAggregation: 'Average' }, []],
]

it.each(alerts)('%s is watched', (name, criterion, values) => {
  for (const stage of stages) {
    const alert = resourcesOf(stage, types.alert).find((one) => one.name.startsWith(`${name}-`))
    const scope = criterion.metricNamespace === STORE ? types.account : types.telemetry
    expect(at(alert, 'properties.scopes')).toEqual([onlyOf(stage, scope).id])
    expect(itemsAt(alert, 'properties.criteria.allOf')).toEqual([
      expect.objectContaining({ criterionType: 'StaticThresholdCriterion', operator: 'GreaterThan', ...criterion }),
    ])
    expect(at(alert, 'properties.criteria.allOf.0.dimensions.0.values') ?? []).toEqual(values)
  }
})

it('what is watched is listed here', () => {
  const names = resourcesOf('prod', types.alert).map(({ name }) => name.replace(/-ledger-prod-.*$/, ''))
  expect(names.sort()).toEqual([...alerts.map(([name]) => name), 'health-probe'].sort())
})

it('prod is asked for its health from outside, and dev may sleep', () => {
  expect(resourcesOf('dev', types.probe)).toEqual([])
  const probe = onlyOf('prod', types.probe)
  expect(probe).toMatchObject({
    kind: 'standard',
    properties: { Enabled: true, Request: { HttpVerb: 'GET' }, ValidationRules: { ExpectedHttpStatusCode: 200 } },
  })
  expect(at(probe, 'properties.Request.RequestUrl')).toContain("format('{0}/health'")
  expect(at(probe, 'properties.Request.RequestUrl')).toContain(`reference('${onlyOf('prod', types.site).id}'`)
  const alert = resourcesOf('prod', types.alert).find(({ name }) => name.startsWith('health-probe-'))
  const telemetry = onlyOf('prod', types.telemetry).id
  expect(at(alert, 'properties.scopes')).toEqual([probe.id, telemetry])
  expect(at(alert, 'properties.criteria')).toMatchObject({
    'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria',
    webTestId: probe.id,
    componentId: telemetry,
    failedLocationCount: 2,
  })
})

it('somebody is told in prod', () => {
  const receivers = itemsAt(onlyOf('prod', types.actionGroup), 'properties.emailReceivers')
  expect(receivers.map((receiver) => at(receiver, 'emailAddress'))).toEqual(['operator@contoso.com'])
})

it('a mail says when the logs of a day reached their ceiling', () => {
  for (const stage of stages) {
    const alert = onlyOf(stage, types.logAlert)
    expect(alert.name).toMatch(/^telemetry-cap-/)
    // learn.microsoft.com/azure/azure-monitor/logs/daily-cap#alert-when-daily-cap-is-reached
    expect(alert).toMatchObject({
      properties: {
        enabled: true,
        scopes: [onlyOf(stage, types.workspace).id],
        criteria: {
          allOf: [
            {
              query: expect.stringMatching(/^_LogOperation .*"Ingestion".*"OverQuota"/),
              operator: 'GreaterThan',
              threshold: 0,
            },
          ],
        },
        actions: { actionGroups: [onlyOf(stage, types.actionGroup).id] },
      },
    })
  }
})

it.each(['prod', 'everything'] as const)('%s has a budget, which tells the action group', (stage) => {
  const contactGroups = [onlyOf(stage, types.actionGroup).id]
  expect(onlyOf(stage, types.budget)).toMatchObject({
    properties: {
      amount: { prod: 400, everything: 50 }[stage],
      timeGrain: 'Monthly',
      timePeriod: { startDate: '2027-01-01T00:00:00Z' },
      notifications: {
        forecast80: { enabled: true, threshold: 80, contactGroups },
        spent100: { enabled: true, threshold: 100, contactGroups },
      },
    },
  })
})
