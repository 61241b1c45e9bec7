import { expect, it } from 'vitest'
import { at, itemsAt, onlyOf, resourcesOf, storagesOf } from './deployed'
import { types } from './resourceTypes'

const isPrivate = ['prod', 'everything'] as const
type Private = (typeof isPrivate)[number]

const subnetOf = (stage: Private, name: string) =>
  itemsAt(onlyOf(stage, types.network), 'properties.subnets').find((subnet) => at(subnet, 'name') === name)

const subnetId = (stage: Private, name: string) => `${onlyOf(stage, types.network).id}/subnets/${name}`

it('dev has no network to pay for', () => {
  for (const type of [types.network, types.endpoint, types.zone, types.exit])
    expect(resourcesOf('dev', type)).toEqual([])
  expect(at(onlyOf('dev', types.site), 'properties')).not.toHaveProperty('virtualNetworkSubnetId')
})

it.each(isPrivate)('%s: database and both storage accounts have a private endpoint each', (stage) => {
  const targets = resourcesOf(stage, types.endpoint).map((endpoint) => {
    const connection = at(endpoint, 'properties.privateLinkServiceConnections.0.properties')
    return [at(connection, 'privateLinkServiceId'), at(connection, 'groupIds'), at(endpoint, 'properties.subnet.id')]
  })
  expect(targets).toEqual([
    [onlyOf(stage, types.account).id, ['Sql'], subnetId(stage, 'endpoints')],
    [storagesOf(stage).host.id, ['blob'], subnetId(stage, 'endpoints')],
    [storagesOf(stage).packages.id, ['blob'], subnetId(stage, 'endpoints')],
  ])
})

it.each(isPrivate)('%s: the name of every private endpoint resolves, in a zone that the network sees', (stage) => {
  for (const endpoint of resourcesOf(stage, types.endpoint)) {
    const group = resourcesOf(stage, types.zoneGroup).find(({ name }) => name.startsWith(`${endpoint.name}/`))
    const zone = resourcesOf(stage, types.zone).find(
      ({ id }) => id === at(group, 'properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId'),
    )
    expect(zone, endpoint.name).toBeDefined()
    const expression = zone?.name.replace(/^\[|\]$/g, '')
    const link = resourcesOf(stage, types.zoneLink).find(
      ({ name }) => name === `[format('{0}/{1}', ${expression}, 'network')]`,
    )
    expect(at(link, 'properties.virtualNetwork.id'), endpoint.name).toBe(onlyOf(stage, types.network).id)
  }
})

it.each(isPrivate)('%s: the zones go with the cloud', (stage) => {
  const [database, storage] = resourcesOf(stage, types.zone).map(({ name }) => name)
  expect(database).toMatch(/\[environment\(\)\.name\]\.databaseZone\]$/)
  expect(database).toMatch(/'AzureCloud', createObject\([^)]*'privatelink\.documents\.azure\.com'\)/)
  expect(database).toMatch(/'AzureUSGovernment', createObject\([^)]*'privatelink\.documents\.azure\.us'\)/)
  expect(database).toMatch(/'AzureChinaCloud', createObject\([^)]*'privatelink\.documents\.azure\.cn'\)/)
  expect(storage).toBe("[format('privatelink.blob.{0}', environment().suffixes.storage)]")
})

it.each(isPrivate)('%s: the app leaves through a subnet of its own, and that through one known address', (stage) => {
  expect(at(onlyOf(stage, types.site), 'properties.virtualNetworkSubnetId')).toBe(subnetId(stage, 'app'))
  expect(subnetOf(stage, 'app')).toMatchObject({
    properties: {
      defaultOutboundAccess: false,
      delegations: [{ properties: { serviceName: 'Microsoft.App/environments' } }],
      natGateway: { id: onlyOf(stage, types.exit).id },
    },
  })
  expect(at(onlyOf(stage, types.exit), 'properties.publicIpAddresses.0.id')).toBe(onlyOf(stage, types.publicAddress).id)
})

it.each(isPrivate)('%s: the subnet of the endpoints takes the app in, and nobody else', (stage) => {
  const subnet = subnetOf(stage, 'endpoints')
  expect(subnet).toMatchObject({
    properties: { defaultOutboundAccess: false, privateEndpointNetworkPolicies: 'Enabled' },
  })
  const rules = resourcesOf(stage, types.rules).find(
    ({ id }) => id === at(subnet, 'properties.networkSecurityGroup.id'),
  )
  const [allow, deny] = itemsAt(rules, 'properties.securityRules').map((rule) => at(rule, 'properties'))
  const from = at(subnetOf(stage, 'app'), 'properties.addressPrefix')
  expect(allow).toMatchObject({
    access: 'Allow',
    sourceAddressPrefix: from,
    destinationPortRange: '443',
    priority: 100,
  })
  expect(deny).toMatchObject({ access: 'Deny', sourceAddressPrefix: '*', destinationPortRange: '*', priority: 200 })
})

it.each(isPrivate)('%s: subnets are part of the network', (stage) => {
  expect(resourcesOf(stage, 'Microsoft.Network/virtualNetworks/subnets')).toEqual([])
  expect(itemsAt(onlyOf(stage, types.network), 'properties.subnets').map((subnet) => at(subnet, 'name'))).toEqual([
    'app',
    'endpoints',
  ])
})

it.each(isPrivate)('%s: the address through which the app leaves spans the zones', (stage) => {
  expect(onlyOf(stage, types.publicAddress).zones).toEqual(['1', '2', '3'])
})
