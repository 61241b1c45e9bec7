import { isIdentifier, type Structure } from '../schemas/property'
import { isInternal } from '../schemas/storeNames'

/**
 * How the name of an undeclared member is classified. `type`: the annotation that names a type. `control`: other
 * control information, which a client may send back and the service ignores. The rest is refused: `unknown` is not a
 * property of the closed type, `reserved` has a meaning to the store or to JavaScript, `unreadable` has half of a
 * surrogate pair, `invalid` is not an identifier.
 */
export type NameKind = 'plain' | 'type' | 'control' | 'unknown' | 'reserved' | 'unreadable' | 'invalid'

const LANGUAGE_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

// The control information of OData JSON 4.01, 4.6, which may stand without the prefix `odata.`.
const CONTROL_INFORMATION = new Set([
  'context',
  'metadataEtag',
  'type',
  'count',
  'nextLink',
  'deltaLink',
  'id',
  'editLink',
  'readLink',
  'kind',
  'etag',
  'navigationLink',
  'associationLink',
  'mediaEditLink',
  'mediaReadLink',
  'mediaContentType',
  'mediaEtag',
])

/**
 * Classifies the name of an undeclared member. `structure` is undefined inside a dynamic value, where any name is
 * allowed except those reserved by JavaScript and those of write-only members (`writeOnlyNames`, in lower case).
 */
export function classifyName(
  name: string,
  structure: Structure | undefined,
  writeOnlyNames: ReadonlySet<string>,
): NameKind {
  if (LANGUAGE_NAMES.has(name) || writeOnlyNames.has(name.toLowerCase())) return 'reserved'
  if (!name.isWellFormed()) return 'unreadable'
  if (structure === undefined) return 'plain'
  const annotation = classifyAnnotation(name)
  if (annotation !== undefined) return annotation
  if (!structure.open) return 'unknown'
  if (isInternal(name) || name === 'ttl' || name.includes('@')) return 'reserved'
  return isIdentifier(name) ? 'plain' : 'invalid'
}

// `undefined` for other annotations: dropping them would lose data.
function classifyAnnotation(name: string): NameKind | undefined {
  const at = name.lastIndexOf('@')
  if (at < 0) return undefined
  const term = name.slice(at + 1)
  const hasPrefix = term.startsWith('odata.')
  const local = hasPrefix ? term.slice('odata.'.length) : term
  // `bind` asks for a link between entities, which this API does not have.
  if (local === 'bind') return 'reserved'
  if (!hasPrefix && !CONTROL_INFORMATION.has(local)) return undefined
  return at === 0 && local === 'type' ? 'type' : 'control'
}
