import { describe, expect, test } from 'vitest'
import { parseCreate } from '../../../shared/payload/parse'
import type { Property } from '../../../shared/schemas/property'
import { resources } from '../../../shared/schemas/resources'
import { leastOf, problems } from './bodies'
import { placesOf } from './places'

const all = resources.flatMap((resource) =>
  placesOf(resource).map((place) => ({ ...place, resource, name: `${resource.name} ${place.target}` })),
)

test('there are complex values to look at', () => {
  expect(all.map(({ name }) => name)).toContain('managedTenantOperation operationDefinition.lambdaDefinitions[0]')
  expect(all.map(({ name }) => name)).toContain('managedTenantOperationHttpRequest response.headers[0]')
  expect(all).toHaveLength(12)
})

// Values that are not of a member's type.
const wrong = ({ type, collection }: Property): unknown[] => {
  if (collection) return ['x', 1, true, {}, [null]]
  if (type.kind === 'complex') return ['x', 1, true, [], [{}]]
  if (type.kind === 'enum') return ['x', '', 1, true, {}, []]
  const of: Record<string, unknown[]> = {
    'Edm.Guid': ['', 'x', 1, {}],
    'Edm.String': [1, true, {}, []],
    'Edm.Boolean': ['true', 0, {}, []],
    'Edm.Int32': ['1', 1.5, 2147483648, -2147483649, true, {}],
    'Edm.DateTimeOffset': ['2026-11-23', '', 1, {}],
  }
  return of[type.name] ?? []
}

describe.each(all)('$name', ({ resource, target, typeName, structure, holding }) => {
  const tell = (value: unknown) => problems(resource, { ...leastOf(resource), ...holding(value) })

  test('may be empty, and each of its members null', () => {
    expect(tell({})).toEqual([])
    for (const name of structure.properties.keys()) expect(tell({ [name]: null })).toEqual([])
  })

  test('is an object', () => {
    for (const value of ['x', 1, true, []]) expect(tell(value)).toEqual([`invalidType ${target}`])
  })

  test('has members of their types', () => {
    for (const property of structure.properties.values()) {
      for (const value of wrong(property)) {
        const path = `${target}.${property.name}`
        const [first = '', ...rest] = tell({ [property.name]: value })
        expect(rest).toEqual([])
        expect([`invalidType ${path}`, `invalidValue ${path}`, `invalidType ${path}[0]`]).toContain(first)
      }
    }
  })

  test('takes its type in either namespace, with # or without, drops it, and takes no other', () => {
    for (const space of ['microsoft.graph', 'microsoft.management.services.api']) {
      for (const mark of ['', '#']) expect(tell({ '@odata.type': `${mark}${space}.${typeName}` })).toEqual([])
    }
    const body = { ...leastOf(resource), ...holding({ '@odata.type': `microsoft.graph.${typeName}` }) }
    expect(JSON.stringify(parseCreate(resource, body, false))).not.toContain('@odata.type')
    for (const type of [
      '',
      typeName,
      `##microsoft.graph.${typeName}`,
      `Microsoft.Graph.${typeName}`,
      '#microsoft.graph.user',
    ])
      expect(tell({ '@odata.type': type })).toEqual([`invalidValue ${target}.@odata.type`])
    for (const type of [1, null, {}])
      expect(tell({ '@odata.type': type })).toEqual([`invalidType ${target}.@odata.type`])
  })

  test('keeps what it does not know where it is open, and refuses it where it is closed', () => {
    expect(tell({ more: 1 })).toEqual(structure.open ? [] : [`unknownProperty ${target}.more`])
    for (const name of ['_x', 'ttl', '@timestamp', 'x@y']) expect(tell({ [name]: 1 })).toHaveLength(1)
    for (const name of ['__proto__', 'constructor', 'prototype'])
      expect(tell(JSON.parse(`{"${name}":1}`))).toEqual([`reservedName ${target}.${name}`])
  })

  test('has no number that would not come back', () => {
    expect(tell({ more: { deep: [2 ** 53] } })).toContain(`invalidValue ${target}.more.deep[0]`)
  })
})
