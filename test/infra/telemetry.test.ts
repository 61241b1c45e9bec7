import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { at, itemsAt, readText, resourcesOf, stages } from './deployed'
import { types } from './resourceTypes'

const { logging } = z
  .object({
    logging: z.object({
      logLevel: z.record(z.string(), z.string()),
      applicationInsights: z.object({
        samplingSettings: z.object({ isEnabled: z.boolean(), excludedTypes: z.string() }),
      }),
    }),
  })
  .parse(JSON.parse(readText('host.json')))

const LEVELS = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None']

/** The level of a category: that of the longest prefix, as .NET's logging picks it. */
const levelOf = (category: string): string => {
  const prefixes = Object.keys(logging.logLevel).filter((name) => `${category}.`.startsWith(`${name}.`))
  const [longest = 'default'] = prefixes.sort((a, b) => b.length - a.length)
  return logging.logLevel[longest] ?? 'Information'
}

const letsThrough = (category: string, level: string): boolean =>
  LEVELS.indexOf(levelOf(category)) <= LEVELS.indexOf(level)

// Where the host gets the metrics of Application Insights from, and the level at which it logs what succeeds:
// learn.microsoft.com/azure/azure-functions/configure-monitoring#configure-categories
const SOURCES: readonly (readonly [metric: RegExp, category: string, level: string])[] = [
  [/^requests\//, 'Host.Results', 'Information'],
]

const criteria = stages.flatMap((stage) =>
  resourcesOf(stage, types.alert).flatMap((alert) => itemsAt(alert, 'properties.criteria.allOf')),
)
const watched = criteria
  .filter((criterion) => at(criterion, 'metricNamespace') === 'microsoft.insights/components')
  .map((criterion) => String(at(criterion, 'metricName')))

describe('what the alerts watch is written', () => {
  it.each([...new Set(watched)])('%s', (metric) => {
    const [, category = '', level = ''] = SOURCES.find(([pattern]) => pattern.test(metric)) ?? []
    expect(category, 'host.json says nothing of this metric').not.toBe('')
    expect(letsThrough(category, level), `${category} at ${level}`).toBe(true)
  })

  it('the app has metrics that are watched', () => {
    expect(watched).toContain('requests/count')
    expect(watched).toContain('requests/duration')
  })
})

describe('sampling keeps', () => {
  // learn.microsoft.com/azure/azure-functions/functions-host-json#applicationinsightssamplingsettings
  it.each([
    ['the requests that alerts count', 'Request'],
    ['the lines of the app, which the runbook looks up by their id', 'Trace'],
    ['exceptions', 'Exception'],
  ])('%s', (_what, type) => {
    const { isEnabled, excludedTypes } = logging.applicationInsights.samplingSettings
    expect(!isEnabled || excludedTypes.split(';').includes(type)).toBe(true)
  })
})

it('the lines of the app pass at the level of an ordinary request', () => {
  // The worker logs what a function prints under the function's own category.
  expect(letsThrough('Function.managedTenantOperationsCreate.User', 'Information')).toBe(true)
})
