import { describe, expect, it } from 'vitest'
import { at, resourcesOf, stages } from './deployed'
import { types } from './resourceTypes'

// The compiler takes any text for most of these; only the exact value does what its name says.
const always: readonly (readonly [promise: string, type: string, path: string, value: unknown])[] = [
  ['the app runs on Flex Consumption', types.plan, 'sku', { name: 'FC1', tier: 'FlexConsumption' }],
  ['the plan is a Linux one', types.plan, 'properties.reserved', true],
  ['the app is a function app', types.site, 'kind', 'functionapp,linux'],
  ['the app runs on Node 24', types.site, 'properties.functionAppConfig.runtime', { name: 'node', version: '24' }],
  ['the app answers https only', types.site, 'properties.httpsOnly', true],
  ['the app refuses TLS below 1.2', types.site, 'properties.siteConfig.minTlsVersion', '1.2'],
  ['the deployment site refuses TLS below 1.2', types.site, 'properties.siteConfig.scmMinTlsVersion', '1.2'],
  ['the app has no FTP', types.site, 'properties.siteConfig.ftpsState', 'Disabled'],
  ['azd finds the app', types.site, 'tags.azd-service-name', 'api'],
  ['the database speaks NoSQL', types.account, 'kind', 'GlobalDocumentDB'],
  ['the database takes no key', types.account, 'properties.disableLocalAuth', true],
  ['no key changes containers', types.account, 'properties.disableKeyBasedMetadataWriteAccess', true],
  ['the database refuses TLS below 1.2', types.account, 'properties.minimalTlsVersion', 'Tls12'],
  ['the database is backed up continuously', types.account, 'properties.backupPolicy.type', 'Continuous'],
  [
    'any instance finds what another has written',
    types.account,
    'properties.consistencyPolicy.defaultConsistencyLevel',
    'BoundedStaleness',
  ],
  ['staleness is bounded in writes', types.account, 'properties.consistencyPolicy.maxStalenessPrefix', 100_000],
  ['staleness is bounded in seconds', types.account, 'properties.consistencyPolicy.maxIntervalInSeconds', 300],
  ['one region writes', types.account, 'properties.enableMultipleWriteLocations', false],
  ['no service walks around the network rules of the database', types.account, 'properties.networkAclBypass', 'None'],
  ['storage takes no key', types.storage, 'properties.allowSharedKeyAccess', false],
  ['storage prefers identities', types.storage, 'properties.defaultToOAuthAuthentication', true],
  ['no blob is public', types.storage, 'properties.allowBlobPublicAccess', false],
  ['nothing is copied to another tenant', types.storage, 'properties.allowCrossTenantReplication', false],
  ['storage refuses TLS below 1.2', types.storage, 'properties.minimumTlsVersion', 'TLS1_2'],
  ['storage answers https only', types.storage, 'properties.supportsHttpsTrafficOnly', true],
  ['no service walks around the network rules of storage', types.storage, 'properties.networkAcls.bypass', 'None'],
  ['the package container is private', types.blobContainer, 'properties.publicAccess', 'None'],
  ['a deleted package can be had back', types.blobs, 'properties.deleteRetentionPolicy', { enabled: true, days: 7 }],
  ['logs take no key', types.workspace, 'properties.features.disableLocalAuth', true],
  ['telemetry takes no key', types.telemetry, 'properties.DisableLocalAuth', true],
]

const byStage: readonly (readonly [promise: string, type: string, path: string, dev: unknown, prod: unknown])[] = [
  ['dev is serverless, prod is not', types.account, 'properties.capabilities', [{ name: 'EnableServerless' }], []],
  [
    'prod closes the public endpoint of the database',
    types.account,
    'properties.publicNetworkAccess',
    'Enabled',
    'Disabled',
  ],
  [
    'prod closes the public endpoint of storage',
    types.storage,
    'properties.publicNetworkAccess',
    'Enabled',
    'Disabled',
  ],
  [
    'prod denies what storage was not told to allow',
    types.storage,
    'properties.networkAcls.defaultAction',
    'Allow',
    'Deny',
  ],
  [
    'prod can be restored for 30 days',
    types.account,
    'properties.backupPolicy.continuousModeProperties.tier',
    'Continuous7Days',
    'Continuous30Days',
  ],
  ['prod spreads its app over zones', types.plan, 'properties.zoneRedundant', false, true],
  ['prod spreads its database over zones', types.account, 'properties.locations.0.isZoneRedundant', false, true],
  ['prod spreads its storage over zones', types.storage, 'sku.name', 'Standard_LRS', 'Standard_ZRS'],
  ['logs have a ceiling', types.workspace, 'properties.workspaceCapping', { dailyQuotaGb: 1 }, { dailyQuotaGb: 5 }],
  ['prod keeps logs for a quarter', types.workspace, 'properties.retentionInDays', 30, 90],
]

describe('what every stage promises', () => {
  it.each(always)('%s', (_promise, type, path, value) => {
    for (const stage of stages) {
      expect(resourcesOf(stage, type).length, stage).toBeGreaterThan(0)
      for (const resource of resourcesOf(stage, type)) expect(at(resource, path), stage).toEqual(value)
    }
  })
})

describe('what differs between dev and prod', () => {
  it.each(byStage)('%s', (_promise, type, path, dev, prod) => {
    for (const resource of resourcesOf('dev', type)) expect(at(resource, path), 'dev').toEqual(dev)
    for (const resource of resourcesOf('prod', type)) expect(at(resource, path), 'prod').toEqual(prod)
    expect(resourcesOf('dev', type).length).toBe(resourcesOf('prod', type).length)
  })
})
