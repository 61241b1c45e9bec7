import type { JsonObject } from '../basics/isObject'
import { ApiError, type Detail } from '../errors'
import type { Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { isInternal } from '../schemas/storeNames'
import { toPropertyPath } from './propertyPath'

const MAX_LEVELS = 64
const LANGUAGE_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Finds what no schema sees: names that mean something to the store or the language, numbers that would not come
 * back as they were sent, and (thrown) a body nested too deep. Computed properties must have been taken out before.
 */
export function findReservedNames(body: JsonObject, resource: Resource): Detail[] {
  const walk: Walk = { writeOnlyNames: resource.writeOnlyNames, details: [], path: [] }
  checkValue(body, resource, walk)
  return walk.details
}

interface Walk {
  readonly writeOnlyNames: ReadonlySet<string>
  readonly details: Detail[]
  /** Where the current value stands in the body: one array for the whole walk, copied only where something is wrong. */
  readonly path: (string | number)[]
}

function checkValue(value: unknown, within: Structure | undefined, walk: Walk): void {
  if (typeof value === 'number') checkNumber(value, walk)
  if (typeof value !== 'object' || value === null) return
  if (walk.path.length >= MAX_LEVELS) {
    throw new ApiError('payloadTooDeep', `The request body is nested more than ${MAX_LEVELS} levels deep.`, {
      target: toPropertyPath(walk.path.slice(0, 1)),
    })
  }
  if (Array.isArray(value)) checkArray(value, within, walk)
  // Any object that JSON makes has members.
  else checkObject(value as JsonObject, within, walk)
}

function checkNumber(value: number, { path, details }: Walk): void {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return
  const target = toPropertyPath(path)
  const message = `'${target}' is a number beyond ±9007199254740991, which would not come back as it was sent: send a string.`
  details.push({ code: 'invalidValue', target, message })
}

function checkArray(elements: readonly unknown[], within: Structure | undefined, walk: Walk): void {
  for (let index = 0; index < elements.length; index += 1) {
    walk.path.push(index)
    checkValue(elements[index], within, walk)
    walk.path.pop()
  }
}

function checkObject(members: JsonObject, within: Structure | undefined, walk: Walk): void {
  const { path, details } = walk
  for (const name of Object.keys(members)) {
    path.push(name)
    if (isReserved(name, within, walk)) {
      const target = toPropertyPath(path)
      details.push({ code: 'reservedName', target, message: `'${target}' has a reserved name: choose another.` })
    } else checkValue(members[name], structureOf(name, within), walk)
    path.pop()
  }
}

function structureOf(name: string, within: Structure | undefined): Structure | undefined {
  const type = within?.properties.get(name)?.type
  return type?.kind === 'complex' ? type : undefined
}

function isReserved(name: string, within: Structure | undefined, { writeOnlyNames }: Walk): boolean {
  if (LANGUAGE_NAMES.has(name)) return true
  if (within?.properties.has(name) === true) return false
  return writeOnlyNames.has(name) || (within?.open === true && hasMeaning(name))
}

// `ttl` and internal names mean something to the store, names with an `@` are annotations of OData.
function hasMeaning(name: string): boolean {
  return isInternal(name) || name === 'ttl' || (name.includes('@') && name !== '@odata.type')
}
