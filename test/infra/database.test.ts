import { expect, it } from 'vitest'
import * as z from 'zod'
import { appSettingsOf, at, itemsAt, onlyOf, readText, resourcesOf, stages } from './deployed'
import { types } from './resourceTypes'

const Container = z.strictObject({
  name: z.string(),
  partitionKey: z.array(z.string()),
  includedPaths: z.array(z.string()),
  excludedPaths: z.array(z.string()),
  compositeIndexes: z.array(z.array(z.object({ path: z.string(), order: z.enum(['ascending', 'descending']) }))),
  defaultTtl: z.int().nullable(),
})

const containers = z.array(Container).parse(JSON.parse(readText('infra/containers.json')))

it.each(stages)('%s: what is deployed is what containers.json says, and nothing else', (stage) => {
  const resources = resourcesOf(stage, types.collection).map((collection) => at(collection, 'properties.resource'))
  expect(resources).toEqual(
    containers.map(({ name, partitionKey, includedPaths, excludedPaths, compositeIndexes, defaultTtl }) => ({
      id: name,
      partitionKey: { kind: partitionKey.length > 1 ? 'MultiHash' : 'Hash', paths: partitionKey, version: 2 },
      indexingPolicy: {
        automatic: true,
        indexingMode: 'consistent',
        includedPaths: includedPaths.map((path) => ({ path })),
        excludedPaths: excludedPaths.map((path) => ({ path })),
        compositeIndexes,
      },
      ...(defaultTtl === null ? {} : { defaultTtl }),
    })),
  )
})

it('no Bicep source names a container or a path of its own', () => {
  const source = readText('infra/modules/database.bicep')
  expect(source).toContain("loadJsonContent('../containers.json')")
  for (const { name } of containers) expect(source).not.toContain(name)
})

it.each(stages)('%s: the app is told the database that is deployed', (stage) => {
  const name = onlyOf(stage, types.database).name.split('/')[1]
  expect(appSettingsOf(stage).COSMOS_DATABASE).toBe(name)
  const account = onlyOf(stage, types.account).id
  expect(appSettingsOf(stage).COSMOS_ENDPOINT).toMatch(/^\[reference\(.*\)\.documentEndpoint\]$/)
  expect(appSettingsOf(stage).COSMOS_ENDPOINT).toContain(`'${account}'`)
})

const throughputs = (stage: (typeof stages)[number]) => ({
  made: resourcesOf(stage, types.collection).map((it) => at(it, 'properties.options.autoscaleSettings.maxThroughput')),
  kept: resourcesOf(stage, types.throughput).map((it) => at(it, 'properties.resource.autoscaleSettings.maxThroughput')),
})

it('prod scales each container by itself, and a later deployment raises it', () => {
  expect(throughputs('prod')).toEqual({ made: containers.map(() => 1000), kept: containers.map(() => 1000) })
})

it('one container can have more than the others', () => {
  const maxima = containers.map(({ name }) => (name === 'managedTenantOperationResults' ? 10_000 : 2000))
  expect(throughputs('everything')).toEqual({ made: maxima, kept: maxima })
})

it('serverless has no throughput to set', () => {
  expect(throughputs('dev')).toEqual({ made: containers.map(() => undefined), kept: [] })
})

it('further regions follow the first, and take over by themselves', () => {
  const { properties } = onlyOf('everything', types.account)
  expect(properties).toMatchObject({
    enableAutomaticFailover: true,
    locations: [
      { locationName: 'westeurope', failoverPriority: 0 },
      { locationName: 'northeurope', failoverPriority: 1 },
    ],
  })
})

// "az cosmosdb restore" makes an account without zones, and zones of a region cannot be changed afterwards:
// learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql#availability-zone-support
it('a restored account can take the place of the first, without zones where all else has them', () => {
  const account = onlyOf('everything', types.account)
  expect(account.name).toBe('cosmos-restored')
  const zones = itemsAt(account, 'properties.locations').map((place) => at(place, 'isZoneRedundant'))
  expect(zones).toEqual([false, false])
  expect(at(onlyOf('everything', types.plan), 'properties.zoneRedundant')).toBe(true)
})

it('prod cannot lose its database by accident, and dev can be thrown away', () => {
  expect(resourcesOf('dev', types.lock)).toEqual([])
  const lock = onlyOf('prod', types.lock)
  expect(at(lock, 'properties.level')).toBe('CanNotDelete')
  expect(lock.id).toContain(`${onlyOf('prod', types.account).id}/providers/`)
})
