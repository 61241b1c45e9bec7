import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { toCsdl } from '../../../shared/csdl/csdl'
import { toCsdlXml } from '../../../shared/csdl/csdlXml'
import { inOrder } from '../../../shared/description/operation'
import { endpoints } from '../../../shared/http/register'
import { resources } from '../../../shared/schemas/resources'
import '../../platform'

// OASIS's own converter, which has no types.
const { xml2json } = createRequire(import.meta.url)('odata-csdl') as { xml2json: (xml: string) => unknown }

const operations = inOrder(
  endpoints.flatMap(({ operation }) => operation ?? []),
  resources,
)
const batches = endpoints.flatMap(({ batch }) => batch ?? [])
const csdl = toCsdl({ operations, batches })
// The compiler knows nothing of what is inside.
const graph = csdl['microsoft.graph'] as Record<string, Record<string, Record<string, unknown>>>
const container = graph.GraphService ?? {}

test('the XML form says what the JSON form says, to a converter that is not ours', () => {
  expect(xml2json(toCsdlXml(csdl))).toEqual(csdl)
})

test('what stands in a sentence does not end an attribute', () => {
  const awkward = { $Version: '4.0', 'a.b': { c: { $Kind: 'EntityType', '@Core.Description': `<"&'>` } } }
  expect(toCsdlXml(awkward)).toContain('String="&lt;&quot;&amp;\'&gt;"')
})

test('a relationship request and an app operation are contained, the way to them leads through what cannot be read', () => {
  expect(container.tenantRelationships).toMatchObject({ $Type: 'microsoft.graph.tenantRelationship' })
  expect(container.users).toMatchObject({ $IncludeInServiceDocument: false, $Type: 'microsoft.graph.user' })
  expect(graph.delegatedAdminRelationship?.requests).toMatchObject({
    $ContainsTarget: true,
    $Type: 'microsoft.graph.delegatedAdminRelationshipRequest',
    '@Capabilities.UpdateRestrictions': { Updatable: false },
    '@Capabilities.InsertRestrictions': { Insertable: true },
  })
  expect(graph.managedAppRegistration?.operations).toMatchObject({
    '@Capabilities.DeleteRestrictions': { Deletable: true },
  })
  expect(container.requests).toMatchObject({ $IncludeInServiceDocument: false })
})

test.each(resources)('every property of $name is there, with its sentence', (resource) => {
  const { name, namespace, open, properties, navigations = {} } = resource
  const type = (csdl[namespace] as typeof graph)[name] ?? {} // as above
  expect([type.$OpenType ?? false, type.$Key]).toEqual([open, ['id']])
  for (const [key, { describe, nullable, collection, computed }] of properties) {
    expect([key, type[key]?.['@Core.Description']]).toEqual([key, describe])
    expect([key, describe]).not.toEqual([key, undefined])
    expect([key, type[key]?.$Nullable ?? false]).toEqual([key, nullable && !collection])
    expect([key, type[key]?.['@Core.Computed']]).toEqual([key, computed])
  }
  expect(Object.keys(type).filter((key) => /^[a-z]/.test(key))).toEqual([
    ...properties.keys(),
    ...Object.keys(navigations),
  ])
})

test('from an operation lead navigation properties, bound to their sets, and a function that returns the summary', () => {
  const results = 'microsoft.management.services.api.managedTenantOperationResult'
  const { managedTenantOperation } = csdl['microsoft.management.services.api'] as typeof graph // as above
  expect(managedTenantOperation?.results).toMatchObject({
    $Kind: 'NavigationProperty',
    $Collection: true,
    $Type: results,
  })
  expect(managedTenantOperation?.results).not.toHaveProperty('$ContainsTarget')
  expect(container.managedTenantOperations?.$NavigationPropertyBinding).toEqual({
    results: 'managedTenantOperationResults',
    httpRequests: 'managedTenantOperationHttpRequests',
  })
  const bound = { $Name: 'bindingParameter', $Type: 'microsoft.management.services.api.managedTenantOperation' }
  expect(graph.summary).toMatchObject([
    { $IsBound: true, $Parameter: [bound], $ReturnType: { $Type: 'microsoft.graph.managedTenantOperationSummary' } },
  ])
  expect(Object.keys(graph.managedTenantOperationSummary ?? {})).toHaveLength(12)
})

test('what can be counted by groups is said of each set', () => {
  expect(container.managedTenantOperationResults?.['@Aggregation.ApplySupported']).toEqual({
    Transformations: ['filter', 'compute', 'groupby', 'aggregate'],
    Rollup: 'None',
    GroupableProperties: [
      ...['partnerUserId', 'targetTenantId', 'managedTenantOperationId', 'requestId', 'isSuccess'],
      ...['createdBy/application/id', 'createdBy/user/id'],
    ],
  })
})

test('batches are JSON, go on after a failure, and refer to each other by dependsOn alone', () => {
  expect(container['@Capabilities.BatchSupport']).toEqual({
    Supported: true,
    ContinueOnErrorSupported: true,
    ReferencesInRequestBodiesSupported: false,
    ReferencesAcrossChangeSetsSupported: false,
    EtagReferencesSupported: false,
    RequestDependencyConditionsSupported: false,
    SupportedFormats: ['application/json'],
  })
})

test('enumerations have their numbers, dates their digits, and the secret can only be written', () => {
  expect(graph.delegatedAdminRelationshipRequestAction).toMatchObject({ lockForApproval: 0, terminate: 2, reject: 4 })
  expect(graph.managedTenantOperationAggregateResult?.createdDateTime).toMatchObject({ $Precision: 7 })
  expect(graph.managedTenantOperationCredentials?.dapAccessToken).toMatchObject({ '@Core.Permissions': 'Write' })
})
