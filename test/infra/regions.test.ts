import { expect, it } from 'vitest'
import { at, type Deployed, readText, resourcesOf, snapshotIn } from './deployed'
import { types } from './resourceTypes'

const before = resourcesOf('prod')
const after = snapshotIn('infra/snapshots/twoRegions.json').predictedResources

const withoutLocations = ({ properties, ...rest }: Deployed) => ({
  ...rest,
  properties: { ...Object(properties), locations: undefined },
})

const changed = after.filter(({ id }, index) => {
  const same = before.find((resource) => resource.id === id)
  return JSON.stringify(same) !== JSON.stringify(after[index])
})

it('a further region touches the account and what the app is told, and nothing else', () => {
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(changed.map(({ type }) => type).sort()).toEqual([types.account, types.siteConfig].sort())
})

// "You cannot simultaneously add or remove regions and change other properties": Azure refuses the deployment.
// learn.microsoft.com/azure/cosmos-db/nosql/manage-with-cli#add-or-remove-regions
it('of the account it changes the regions, and nothing else', () => {
  const account = changed.find(({ type }) => type === types.account)
  const same = before.find(({ type }) => type === types.account)
  if (account === undefined || same === undefined) throw new Error('prod has no account')
  expect(withoutLocations(account)).toEqual(withoutLocations(same))
  expect(at(account, 'properties.locations')).toEqual([
    { locationName: 'swedencentral', failoverPriority: 0, isZoneRedundant: true },
    { locationName: 'northeurope', failoverPriority: 1, isZoneRedundant: true },
  ])
})

it('the app is told the regions in the order of failover', () => {
  const settings = changed.find(({ type }) => type === types.siteConfig)
  expect(at(settings, 'properties.COSMOS_REGIONS')).toBe('swedencentral,northeurope')
})

it('the functions take no region that the database lacks', () => {
  const [union = '', functions = ''] = readText('infra/regions.bicep').split('func databaseRegions')
  const namesIn = (text: string) => [...text.matchAll(/'([a-z\d]+)'/g)].map(([, name]) => name)
  expect(namesIn(functions.split('func ')[0] ?? '')).toEqual(expect.arrayContaining(namesIn(union)))
})
