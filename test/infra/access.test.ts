import { expect, it } from 'vitest'
import {
  at,
  type Deployed,
  identitiesOf,
  itemsAt,
  onlyOf,
  readText,
  resourcesOf,
  snapshotOf,
  stages,
  storagesOf,
} from './deployed'
import { types } from './resourceTypes'

type Stage = (typeof stages)[number]

const DATA = 'Microsoft.DocumentDB/databaseAccounts'
const BLOB_OWNER = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
const BLOB_CONTRIBUTOR = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
const METRICS_PUBLISHER = '3913510d-42f4-4e42-8a64-420c390055eb'
const DEVELOPER = '2b1f8f3e-51b3-4e0c-8d0a-6a3c1f0d9a77'

const referenceTo = ({ id, apiVersion }: Deployed) => `[reference('${id}', '${apiVersion}').principalId]`

const principalOf = (stage: Stage) => referenceTo(identitiesOf(stage).app)

const collectionScopes = (stage: Stage): string[] => {
  const account = onlyOf(stage, types.account).id
  return resourcesOf(stage, types.collection).map(({ name }) => {
    const [, database, container] = name.split('/')
    return `${account}/dbs/${database}/colls/${container}`
  })
}

it.each(stages)('%s: the data role is just what the code does', (stage) => {
  const role = onlyOf(stage, types.dataRole)
  expect(at(role, 'properties.type')).toBe('CustomRole')
  expect(at(role, 'properties.permissions')).toEqual([
    {
      dataActions: [
        `${DATA}/readMetadata`,
        `${DATA}/sqlDatabases/containers/executeQuery`,
        `${DATA}/sqlDatabases/containers/readChangeFeed`,
        `${DATA}/sqlDatabases/containers/items/create`,
        `${DATA}/sqlDatabases/containers/items/read`,
        `${DATA}/sqlDatabases/containers/items/replace`,
        `${DATA}/sqlDatabases/containers/items/delete`,
      ],
    },
  ])
})

it('the source says why a query wants the change feed', () => {
  expect(readText('infra/modules/databaseAccess.bicep')).toMatch(/\/\/ .*query plan.*\n.*readChangeFeed/)
})

it.each(stages)('%s: the role can be granted for our containers, and never for the account', (stage) => {
  expect(itemsAt(onlyOf(stage, types.dataRole), 'properties.assignableScopes')).toEqual(collectionScopes(stage))
})

const grantsOf = (stage: Stage) =>
  resourcesOf(stage, types.dataAssignment).map((grant) => [
    at(grant, 'properties.principalId'),
    at(grant, 'properties.scope'),
  ])

it.each(['dev', 'prod'] as const)('%s: the app may touch each container, and nobody else any', (stage) => {
  expect(grantsOf(stage)).toEqual(collectionScopes(stage).map((scope) => [principalOf(stage), scope]))
})

it('a developer may touch the data only where a setting names one', () => {
  expect(grantsOf('everything')).toEqual(
    [principalOf('everything'), DEVELOPER].flatMap((who) =>
      collectionScopes('everything').map((scope) => [who, scope]),
    ),
  )
})

it('grants are made one after the other: the account refuses a second change while it works on one', () => {
  expect(readText('infra/modules/databaseAccess.bicep')).toContain('@batchSize(1)\nresource assignments')
})

it.each(stages)('%s: every grant is of our own role', (stage) => {
  const role = onlyOf(stage, types.dataRole).id
  for (const grant of resourcesOf(stage, types.dataAssignment))
    expect(at(grant, 'properties.roleDefinitionId')).toBe(role)
})

const rolesOf = (stage: Stage) =>
  resourcesOf(stage, types.roleAssignment).map((grant) => [
    grant.id.split('/providers/Microsoft.Authorization/')[0],
    String(at(grant, 'properties.roleDefinitionId')).split('/').at(-1),
    at(grant, 'properties.principalId'),
    at(grant, 'properties.principalType'),
  ])

it.each(stages)(
  "%s: beside the data, the app's identity may own the host's blobs and publish our telemetry, and nothing more",
  (stage) => {
    expect(rolesOf(stage).filter(([, , principal]) => principal === principalOf(stage))).toEqual([
      [onlyOf(stage, types.telemetry).id, METRICS_PUBLISHER, principalOf(stage), 'ServicePrincipal'],
      [storagesOf(stage).host.id, BLOB_OWNER, principalOf(stage), 'ServicePrincipal'],
    ])
  },
)

// Who can write the package decides what the app runs. A deployment stores it with this identity, and a start reads it:
// learn.microsoft.com/azure/azure-functions/functions-infrastructure-as-code#deployment-sources
it.each(stages)('%s: the package is in the reach of an identity of its own, and of nobody else', (stage) => {
  const { id } = onlyOf(stage, types.blobContainer)
  expect(id.startsWith(`${storagesOf(stage).packages.id}/`)).toBe(true)
  expect(rolesOf(stage).filter(([scope = '']) => String(scope).startsWith(storagesOf(stage).packages.id))).toEqual([
    [id, BLOB_CONTRIBUTOR, referenceTo(identitiesOf(stage).package), 'ServicePrincipal'],
  ])
})

it.each(stages)('%s: there are these two identities, and nothing else is granted to anybody', (stage) => {
  expect(resourcesOf(stage, types.identity)).toHaveLength(2)
  expect(rolesOf(stage)).toHaveLength(3)
  expect(JSON.stringify(resourcesOf(stage))).not.toContain('SystemAssigned')
})

it.each(stages)('%s: no key, connection string or other secret is asked for or put out', (stage) => {
  const text = JSON.stringify(snapshotOf(stage))
  expect(text).not.toMatch(
    /listKeys|listConnectionStrings|listSecrets|listAccountSas|AccountKey=|SharedAccess|listHostKeys/i,
  )
  expect(text).not.toContain('COSMOS_KEY')
})

it.each(stages)('%s: what is put out are the names and addresses that scripts need', (stage) => {
  expect(Object.keys(snapshotOf(stage).outputs).sort()).toEqual([
    'AZURE_LOCATION',
    'AZURE_RESOURCE_GROUP',
    'FUNCTION_APP_NAME',
    'SERVICE_API_ENDPOINT_URL',
  ])
})
