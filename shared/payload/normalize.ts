import { isObject, type JsonObject } from '../basics/isObject'
import { ApiError, type Detail, MAX_DETAILS } from '../errors'
import { findProperty, MAX_ELEMENTS, type Property, type Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { classifyName, type NameKind } from './names'
import { toPropertyPath } from './propertyPath'

// A page adds two levels to those of an entity, and .NET readers stop at 64.
const MAX_LEVELS = 62

/** A body with each declared property under its declared name, and the problems that no schema finds. */
export interface Normalized {
  readonly body: JsonObject
  /** At most 100; the rest of the body was not checked then. */
  readonly details: readonly Detail[]
}

/**
 * Gives each declared property its declared name, and drops computed properties and control information, which clients
 * send back from an earlier answer. Reports names reserved by the store or JavaScript, and values that no client could
 * read back. Throws `payloadTooDeep`.
 */
export function normalize(body: JsonObject, resource: Resource): Normalized {
  const walk: Walk = { writeOnlyNames: resource.writeOnlyNames, details: [], path: [] }
  return { body: normalizeMembers(body, resource, walk), details: walk.details }
}

interface Walk {
  /** In lower case. */
  readonly writeOnlyNames: ReadonlySet<string>
  readonly details: Detail[]
  /** The path of the current value: one array for the whole walk, copied only for a problem. */
  readonly path: (string | number)[]
}

function normalizeMembers(members: JsonObject, structure: Structure, walk: Walk): JsonObject {
  const normalized: Record<string, unknown> = {}
  let isChanged = false
  for (const given of Object.keys(members)) {
    if (walk.details.length >= MAX_DETAILS) break
    walk.path.push(given)
    const name = nameToKeep(given, members[given], structure, walk)
    const isDuplicate = name !== undefined && Object.hasOwn(normalized, name)
    if (isDuplicate) refuse(walk, 'duplicateProperty', `repeats '${name}': the case of a name does not matter.`)
    else if (name !== undefined) {
      normalized[name] = normalizeMember(members[given], structure.properties.get(name), walk)
    }
    isChanged ||= isDuplicate || name !== given || normalized[name] !== members[given]
    walk.path.pop()
  }
  // Most bodies need no copy, which would cost time.
  return isChanged ? normalized : members
}

// The name under which a member is kept; undefined where it is not.
function nameToKeep(given: string, value: unknown, structure: Structure, walk: Walk): string | undefined {
  const property = findProperty(structure, given)
  if (property !== undefined) return property.computed === true ? undefined : property.name
  const kind = classifyName(given, structure, walk.writeOnlyNames)
  refuseName(kind, walk)
  // Problems in the value of an unknown property are reported too.
  if (kind === 'unknown') normalizeValue(value, undefined, walk)
  if (kind === 'type') return '@odata.type'
  return kind === 'plain' ? given : undefined
}

function refuseName(kind: NameKind, walk: Walk): void {
  if (kind === 'unknown') refuse(walk, 'unknownProperty', 'is not a property of this type.')
  if (kind === 'reserved') refuse(walk, 'reservedName', 'has a reserved name: choose another.')
  if (kind === 'unreadable') refuse(walk, 'invalidValue', 'has half of a surrogate pair in its name.')
  if (kind === 'invalid') {
    refuse(walk, 'invalidName', 'has an invalid name: use a letter, then letters, digits and underscores, at most 128.')
  }
}

// Inside a complex value a null collection is the same as an absent one, so it becomes undefined.
function normalizeMember(value: unknown, property: Property | undefined, walk: Walk): unknown {
  const structure = property?.type.kind === 'complex' ? property.type : undefined
  if (property?.collection !== true) return normalizeValue(value, structure, walk)
  if (value === null) return property.initial === undefined ? undefined : value
  if (!Array.isArray(value) || value.length <= MAX_ELEMENTS) return normalizeValue(value, structure, walk)
  refuse(walk, 'invalidLength', `must not have more than ${MAX_ELEMENTS} elements.`)
  return []
}

function normalizeValue(value: unknown, structure: Structure | undefined, walk: Walk): unknown {
  if (typeof value === 'number') checkNumber(value, walk)
  if (typeof value === 'string') checkString(value, walk)
  if (typeof value !== 'object' || value === null) return value
  if (walk.path.length >= MAX_LEVELS) {
    throw new ApiError('payloadTooDeep', `The request body is nested more than ${MAX_LEVELS} levels deep.`, {
      target: toPropertyPath(walk.path.slice(0, 1)),
    })
  }
  if (Array.isArray(value)) return normalizeElements(value, structure, walk)
  if (structure !== undefined && isObject(value)) return normalizeMembers(value, structure, walk)
  checkDynamicMembers(value, walk)
  return value
}

function normalizeElements(elements: readonly unknown[], structure: Structure | undefined, walk: Walk): unknown {
  let normalized: unknown[] | undefined
  for (let index = 0; index < elements.length && walk.details.length < MAX_DETAILS; index += 1) {
    walk.path.push(index)
    const value = normalizeValue(elements[index], structure, walk)
    if (value !== elements[index]) {
      normalized ??= [...elements]
      normalized[index] = value
    }
    walk.path.pop()
  }
  return normalized ?? elements
}

// Inside a dynamic value any name is allowed except those reserved by JavaScript and those of write-only members.
function checkDynamicMembers(members: object, walk: Walk): void {
  for (const [name, value] of Object.entries(members)) {
    if (walk.details.length >= MAX_DETAILS) return
    walk.path.push(name)
    const kind = classifyName(name, undefined, walk.writeOnlyNames)
    refuseName(kind, walk)
    if (kind === 'plain') normalizeValue(value, undefined, walk)
    walk.path.pop()
  }
}

function checkNumber(value: number, walk: Walk): void {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return
  const problem = 'is a number beyond ±9007199254740991, which would not come back as it was sent: send a string.'
  refuse(walk, 'invalidValue', problem)
}

function checkString(value: string, walk: Walk): void {
  if (!value.isWellFormed())
    refuse(walk, 'invalidValue', 'has half of a surrogate pair, which most clients cannot read.')
}

function refuse({ path, details }: Walk, code: Detail['code'], problem: string): void {
  const target = toPropertyPath(path)
  details.push({ code, target, message: `'${target}' ${problem}` })
}
