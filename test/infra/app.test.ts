import { expect, it } from 'vitest'
import { parseConfig, settingNames } from '../../shared/config'
import { appSettingsOf, at, identitiesOf, onlyOf, resourcesOf, stages, storagesOf } from './deployed'
import { types } from './resourceTypes'

const identityOf = (stage: (typeof stages)[number]) => identitiesOf(stage).app.id
const packageIdentityOf = (stage: (typeof stages)[number]) => identitiesOf(stage).package.id

it.each(stages)(
  "%s: the app has its own identity and that of its package, which the platform wants to be the app's",
  (stage) => {
    expect(at(onlyOf(stage, types.site), 'identity')).toEqual({
      type: 'UserAssigned',
      userAssignedIdentities: { [identityOf(stage)]: {}, [packageIdentityOf(stage)]: {} },
    })
  },
)

it.each(stages)(
  '%s: the package is handled with an identity that no setting of the app names, in storage of its own',
  (stage) => {
    const storage = at(onlyOf(stage, types.site), 'properties.functionAppConfig.deployment.storage')
    expect(storage).toEqual({
      type: 'blobContainer',
      value: expect.stringContaining(storagesOf(stage).packages.id),
      authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: packageIdentityOf(stage) },
    })
    expect(JSON.stringify(appSettingsOf(stage))).not.toContain(packageIdentityOf(stage))
  },
)

it.each(stages)('%s: nobody deploys with a password, by FTP or to the deployment site', (stage) => {
  const policies = resourcesOf(stage, types.publishing).map(({ name, properties }) => [name.split('/')[1], properties])
  expect(Object.fromEntries(policies)).toEqual({ ftp: { allow: false }, scm: { allow: false } })
})

it('memory, instances and concurrency are what the settings say', () => {
  expect(at(onlyOf('everything', types.site), 'properties.functionAppConfig.scaleAndConcurrency')).toEqual({
    instanceMemoryMB: 512,
    maximumInstanceCount: 100,
    alwaysReady: [{ name: 'http', instanceCount: 3 }],
    triggers: { http: { perInstanceConcurrency: 32 } },
  })
})

it('dev keeps no instance warm, and prod keeps two', () => {
  const warm = 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady'
  expect(at(onlyOf('dev', types.site), warm)).toEqual([])
  expect(at(onlyOf('prod', types.site), warm)).toEqual([{ name: 'http', instanceCount: 2 }])
})

it.each(stages)('%s: the host keeps its blobs with the identity, by address and not by connection string', (stage) => {
  const settings = appSettingsOf(stage)
  expect(settings.AzureWebJobsStorage__credential).toBe('managedidentity')
  expect(settings.AzureWebJobsStorage__clientId).toContain(identityOf(stage))
  expect(settings.AzureWebJobsStorage__blobServiceUri).toContain(`${storagesOf(stage).host.id}'`)
  expect(settings).not.toHaveProperty('AzureWebJobsStorage')
})

it.each(stages)('%s: telemetry is sent with the identity', (stage) => {
  const { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication } = appSettingsOf(stage)
  expect(authentication).toContain("'ClientId={0};Authorization=AAD'")
  expect(authentication).toContain(`'${identityOf(stage)}'`)
})

it.each(stages)('%s: a bundle that does not load is an error, and there is no homepage', (stage) => {
  expect(appSettingsOf(stage)).toMatchObject({
    FUNCTIONS_NODE_BLOCK_ON_ENTRY_POINT_ERROR: 'true',
    AzureWebJobsDisableHomepage: 'true',
  })
})

it.each(['dev', 'prod'] as const)("%s: PUBLIC_BASE_URL is the app's own address", (stage) => {
  const site = onlyOf(stage, types.site).id
  expect(appSettingsOf(stage).PUBLIC_BASE_URL).toMatch(/format\('https:\/\/\{0\}', reference\(.*\)\.defaultHostName\)/)
  expect(appSettingsOf(stage).PUBLIC_BASE_URL).toContain(`reference('${site}'`)
})

const PLATFORM = /^(APPLICATIONINSIGHTS_|AzureWebJobs|FUNCTIONS_NODE_)/

it.each(stages)('%s: every setting is known to the app or to the platform', (stage) => {
  const strangers = Object.keys(appSettingsOf(stage)).filter(
    (name) => !PLATFORM.test(name) && !settingNames.includes(name),
  )
  expect(strangers).toEqual([])
})

it('every setting that the app knows can be given, but for what belongs to a laptop or to the platform', () => {
  const given = Object.keys(appSettingsOf('everything'))
  const never = settingNames.filter((name) => !given.includes(name))
  expect(never.sort()).toEqual(['COSMOS_KEY', 'WEBSITE_SITE_NAME'])
})

it.each(stages)('%s: no setting is empty', (stage) => {
  expect(Object.values(appSettingsOf(stage))).not.toContain('')
})

// What stands in a snapshot as an expression, because only a deployment knows it.
const known: Record<string, string> = {
  AUTH_AUTHORITY: 'https://login.microsoftonline.com',
  AZURE_CLIENT_ID: '44444444-4444-4444-4444-444444444444',
  COSMOS_ENDPOINT: 'https://cosmos.documents.azure.com:443/',
  PUBLIC_BASE_URL: 'https://func.azurewebsites.net',
}

const environmentOf = (stage: (typeof stages)[number]) => ({
  WEBSITE_SITE_NAME: onlyOf(stage, types.site).name,
  ...Object.fromEntries(
    Object.entries(appSettingsOf(stage)).map(([name, value]) => [name, value.startsWith('[') ? known[name] : value]),
  ),
})

it.each(stages)('%s: the app starts with these settings', (stage) => {
  expect(parseConfig(environmentOf(stage))).toMatchObject({
    inAzure: true,
    store: { database: 'ledger', key: undefined },
  })
})

it('the app reads what everything says', () => {
  expect(parseConfig(environmentOf('everything'))).toMatchObject({
    publicBaseUrl: 'https://ledger.contoso.com',
    logLevel: 'warning',
    maxInFlight: 32,
    console: { isEnabled: false, clientId: '9b0e4f27-6c13-4d8a-b5f1-70d2c8e6a394' },
    store: { regions: ['westeurope', 'northeurope'], deadline: 6000, throttle: 0 },
    auth: {
      audience: ['4f6f7c1e-0f0a-4a37-9b7e-6f1d6b4b6f10', 'api://ledger'],
      allowedTenants: undefined,
      deadline: 4000,
    },
  })
})

it.each(['dev', 'prod'] as const)('%s: there is a console, and until a client is said it has none', (stage) => {
  expect(parseConfig(environmentOf(stage)).console).toEqual({ isEnabled: true, clientId: undefined })
  expect(appSettingsOf(stage)).not.toHaveProperty('CONSOLE_CLIENT_ID')
})

it.each(['dev', 'prod'] as const)('%s: with one region the app discovers none', (stage) => {
  expect(appSettingsOf(stage)).not.toHaveProperty('COSMOS_REGIONS')
})

it.each(stages)('%s: one partner may hold half of what an instance works on', (stage) => {
  const concurrency = 'properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency'
  expect(appSettingsOf(stage).MAX_IN_FLIGHT).toBe(String(at(onlyOf(stage, types.site), concurrency)))
})

it.each(stages)('%s: the authority goes with the cloud', (stage) => {
  const { AUTH_AUTHORITY: authority } = appSettingsOf(stage)
  expect(authority).toMatch(/\[environment\(\)\.name\]\.authority\]$/)
  expect(authority).toContain("'AzureCloud', createObject('authority', 'https://login.microsoftonline.com'")
  expect(authority).toContain("'AzureUSGovernment', createObject('authority', 'https://login.microsoftonline.us'")
  expect(authority).toContain("'AzureChinaCloud', createObject('authority', 'https://login.partner.microsoftonline.cn'")
})
