import type { JsonObject } from '../basics/isObject'
import type { Operation } from './operation'

// oasis-tcs.github.io/odata-vocabularies
const VOCABULARIES = {
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

/** Annotations of the service as a whole. */
export function containerAnnotations(operations: readonly Operation[]): JsonObject {
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
    '@Capabilities.BatchSupport': { Supported: false },
    ...(isRepeatable ? { '@Repeatability.Supported': true } : {}),
  }
}
