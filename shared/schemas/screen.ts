import { ApiError, type Detail } from '../errors'
import type { Model, Structure } from './model'
import { pathOf } from './path'
import type { Members } from './problems'

const MAX_LEVELS = 64
const LANGUAGE_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

// `ttl` and names with an underscore mean something to the store, names with an `@` are annotations of OData.
const meansSomething = (name: string): boolean =>
  name.startsWith('_') || name === 'ttl' || (name.includes('@') && name !== '@odata.type')

type Path = readonly (string | number)[]

interface Screening {
  readonly writeOnly: ReadonlySet<string>
  readonly details: Detail[]
  /** Where the value that is looked at stands in the body. */
  readonly path: (string | number)[]
}

const reserved = (path: Path): Detail => {
  const target = pathOf(path)
  return { code: 'reservedName', target, message: `'${target}' has a reserved name: choose another.` }
}

const isReserved = (name: string, within: Structure | undefined, { writeOnly }: Screening): boolean => {
  if (LANGUAGE_NAMES.has(name)) return true
  if (within?.properties.has(name) === true) return false
  return writeOnly.has(name) || (within?.open === true && meansSomething(name))
}

const screenNumber = (value: number, { path, details }: Screening): void => {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return
  const target = pathOf(path)
  const message = `'${target}' is a number beyond ±9007199254740991, which would not come back as it was sent: send a string.`
  details.push({ code: 'invalidValue', target, message })
}

// One path for the whole body: it is copied only where something is wrong.
const screenArray = (elements: readonly unknown[], within: Structure | undefined, screening: Screening): void => {
  const { path } = screening
  for (let index = 0; index < elements.length; index += 1) {
    path.push(index)
    screenValue(elements[index], within, screening)
    path.pop()
  }
}

const screenObject = (members: Members, within: Structure | undefined, screening: Screening): void => {
  const { path, details } = screening
  for (const name of Object.keys(members)) {
    path.push(name)
    if (isReserved(name, within, screening)) details.push(reserved(path))
    else screenValue(members[name], within?.properties.get(name)?.structure, screening)
    path.pop()
  }
}

const screenValue = (value: unknown, within: Structure | undefined, screening: Screening): void => {
  if (typeof value === 'number') screenNumber(value, screening)
  if (typeof value !== 'object' || value === null) return
  if (screening.path.length >= MAX_LEVELS) {
    throw new ApiError('payloadTooDeep', `The request body is nested more than ${MAX_LEVELS} levels deep.`, {
      target: pathOf(screening.path.slice(0, 1)),
    })
  }
  if (Array.isArray(value)) screenArray(value, within, screening)
  // Any object that JSON makes has members.
  else screenObject(value as Members, within, screening)
}

/**
 * Finds what no schema sees: names that mean something to the store or the language, numbers that would not come
 * back as they were sent, and (thrown) a body nested too deep. Computed properties must have been taken out before.
 */
export const screen = (body: Members, model: Model): Detail[] => {
  const screening: Screening = { writeOnly: model.writeOnly, details: [], path: [] }
  screenValue(body, model, screening)
  return screening.details
}
