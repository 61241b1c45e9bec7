import { expect, test } from 'vitest'
import { CUSTOMERS } from '../../../local/sample/customers'
import { toHttpRequestEntities, toOperationEntity, toResultEntities } from '../../../local/sample/entities'
import { tellStory } from '../../../local/sample/story'

const MONTH = 30 * 86_400_000
const PARTNER = { tenantId: 'partner', userId: 'user' }

const told = tellStory()
const entities = told.map((operation) => ({
  operation: toOperationEntity(PARTNER, operation),
  results: toResultEntities(PARTNER, operation, 'id'),
  requests: toHttpRequestEntities(PARTNER, operation, 'id'),
}))

test('the story is the same whenever it is told', () => {
  expect(tellStory()).toEqual(told)
})

test('forty customers have different ids', () => {
  expect(new Set(CUSTOMERS.map(({ id }) => id)).size).toBe(40)
})

test('all of it is within a month, and what an operation led to comes after it', () => {
  for (const { operation, results, requests } of entities) {
    expect(operation.createdAge).toBeLessThan(MONTH)
    for (const { createdAge } of [...results, ...requests]) {
      expect(createdAge).toBeGreaterThanOrEqual(0)
      expect(createdAge).toBeLessThan(operation.createdAge)
    }
    expect(results.every(({ createdAge }) => createdAge >= operation.modifiedAge)).toBe(true)
  }
})

test('no two entities of a collection have one ContentID', () => {
  for (const kind of ['results', 'requests'] as const) {
    const ids = entities.flatMap((one) => one[kind].map(({ contentId }) => contentId))
    expect(new Set(ids).size).toBe(ids.length)
  }
})

test('some results are missing, some are those of a second run, and of each that failed the HTTP requests are there', () => {
  const outcomes = told.flatMap((operation) => operation.outcomes)
  const targeted = told.reduce((sum, { targets }) => sum + targets.length, 0)
  const repeated = outcomes.filter(({ isRepeated }) => isRepeated)
  expect([repeated.length > 10, outcomes.length - repeated.length < targeted]).toEqual([true, true])
  for (const { results, requests } of entities) {
    const traced = new Set(requests.map(({ properties }) => properties.requestId))
    const failed = results.filter(({ properties }) => properties.isSuccess === false)
    expect(failed.filter(({ properties }) => !traced.has(properties.requestId))).toEqual([])
  }
})
