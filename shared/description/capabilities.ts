import type { JsonObject } from '../basics/isObject'
import type { Api } from './operation'

// oasis-tcs.github.io/odata-vocabularies
const VOCABULARIES = {
  Aggregation: 'Org.OData.Aggregation.V1',
  Core: 'Org.OData.Core.V1',
  Capabilities: 'Org.OData.Capabilities.V1',
  Validation: 'Org.OData.Validation.V1',
  Repeatability: 'Org.OData.Repeatability.V1',
} as const

/** Where the terms of the annotations are defined, and the alias under which they are used. */
export const REFERENCES: JsonObject = Object.fromEntries(
  Object.entries(VOCABULARIES).map(([alias, namespace]) => [
    `https://oasis-tcs.github.io/odata-vocabularies/vocabularies/${namespace}.json`,
    { $Include: [{ $Namespace: namespace, $Alias: alias }] },
  ]),
)

// A capability that is left out counts as supported. Requests refer to each other only in `dependsOn`.
const BATCH_SUPPORT: JsonObject = {
  Supported: true,
  ContinueOnErrorSupported: true,
  ReferencesInRequestBodiesSupported: false,
  ReferencesAcrossChangeSetsSupported: false,
  EtagReferencesSupported: false,
  // This is about the member `if`; `dependsOn` has no annotation.
  RequestDependencyConditionsSupported: false,
  SupportedFormats: ['application/json'],
}

/** Annotations of the service as a whole. */
export function containerAnnotations({ operations, batches }: Api): JsonObject {
  const isRepeatable = operations.some(({ verb }) => verb.failures.includes('repeatabilityRejected'))
  return {
    '@Core.ODataVersions': '4.0',
    '@Capabilities.ConformanceLevel': 'Minimal',
    '@Capabilities.SupportedFormats': [
      'application/json;odata.metadata=minimal',
      'application/json;odata.metadata=none',
    ],
    '@Capabilities.KeyAsSegmentSupported': true,
    '@Capabilities.AsynchronousRequestsSupported': false,
    '@Capabilities.CrossJoinSupported': false,
    '@Capabilities.BatchSupport': batches.length > 0 ? BATCH_SUPPORT : { Supported: false },
    ...(isRepeatable ? { '@Repeatability.Supported': true } : {}),
  }
}
