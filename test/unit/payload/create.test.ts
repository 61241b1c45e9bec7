import { describe, expect, test } from 'vitest'
import { parseCreate } from '../../../shared/payload/parse'
import { isRequired, type Property } from '../../../shared/schemas/property'
import { resources } from '../../../shared/schemas/resources'
import { leastOf, problems } from './bodies'

// Values that a property of a type must refuse, with the code.
const refusals = ({ type, collection }: Property): [unknown, string][] => {
  if (collection)
    return [
      ['x', 'invalidType'],
      [{}, 'invalidType'],
    ]
  if (type.kind === 'complex')
    return [
      ['x', 'invalidType'],
      [[], 'invalidType'],
      [1, 'invalidType'],
    ]
  if (type.kind === 'enum')
    return [
      ['x', 'invalidValue'],
      [1, 'invalidType'],
      ['Approve', 'invalidValue'],
    ]
  const byName: Record<string, [unknown, string][]> = {
    'Edm.Guid': [
      ['x', 'invalidValue'],
      ['', 'invalidValue'],
      [1, 'invalidType'],
      [`{${'0'.repeat(8)}}`, 'invalidValue'],
    ],
    'Edm.String': [
      [1, 'invalidType'],
      [true, 'invalidType'],
      [[], 'invalidType'],
      [{}, 'invalidType'],
    ],
    'Edm.Boolean': [
      ['true', 'invalidType'],
      [1, 'invalidType'],
      [[], 'invalidType'],
    ],
    'Edm.Int32': [
      ['1', 'invalidType'],
      [1.5, 'invalidValue'],
      [2147483648, 'invalidValue'],
      [-2147483649, 'invalidValue'],
    ],
    'Edm.DateTimeOffset': [
      ['yesterday', 'invalidValue'],
      [1, 'invalidType'],
    ],
  }
  return byName[type.name] ?? []
}

const isText = (property: Property): boolean =>
  property.type.kind === 'primitive' && property.type.name === 'Edm.String' && isRequired(property)

describe.each(resources)('$name', (resource) => {
  const body = leastOf(resource)
  const withValue = (name: string, value: unknown) => problems(resource, { ...body, [name]: value })

  test('takes the smallest body, with optional properties absent or null', () => {
    expect(problems(resource, body)).toEqual([])
    const nulls = resource.settable.filter((property) => !isRequired(property))
    expect(problems(resource, { ...body, ...Object.fromEntries(nulls.map(({ name }) => [name, null])) })).toEqual([])
  })

  test('names every required property that is missing, and each that is null', () => {
    const required = resource.settable.filter(isRequired).map(({ name }) => name)
    expect(problems(resource, {}).sort()).toEqual(required.map((name) => `required ${name}`).sort())
    for (const name of required) expect(withValue(name, null)).toEqual([`required ${name}`])
  })

  test('refuses values of another type, and values out of range', () => {
    for (const property of resource.settable) {
      for (const [value, code] of refusals(property))
        expect(withValue(property.name, value)).toEqual([`${code} ${property.name}`])
    }
  })

  test('takes strings of 1 to 256 characters where one is required', () => {
    for (const { name } of resource.settable.filter(isText)) {
      expect(withValue(name, '')).toEqual([`invalidLength ${name}`])
      expect(withValue(name, 'x'.repeat(256))).toEqual([])
      expect(withValue(name, 'x'.repeat(257))).toEqual([`invalidLength ${name}`])
    }
  })

  test('ignores what is computed, whatever it is', () => {
    const { computed } = resource
    for (const { name } of computed) {
      for (const value of [null, 1, 'x', { __proto__x: 1, a: 1e300 }, [[[]]]])
        expect(withValue(name, value)).toEqual([])
      expect(parseCreate(resource, { ...body, [name]: 'x' }, false)).not.toHaveProperty(name)
    }
  })

  test('takes its type in either namespace, with # or without, and no other', () => {
    for (const space of ['microsoft.graph', 'microsoft.management.services.api']) {
      expect(withValue('@odata.type', `${space}.${resource.name}`)).toEqual([])
      expect(withValue('@odata.type', `#${space}.${resource.name}`)).toEqual([])
    }
    expect(withValue('@odata.type', '#microsoft.graph.user')).toEqual(['invalidValue @odata.type'])
    expect(withValue('@odata.type', 1)).toEqual(['invalidType @odata.type'])
  })

  test('keeps what it does not know where it is open, and refuses it where it is closed', () => {
    const { open } = resource
    expect(withValue('more', { a: [1, null] })).toEqual(open ? [] : ['unknownProperty more'])
    if (open) expect(parseCreate(resource, { ...body, more: { a: [1, null] } }, false).more).toEqual({ a: [1, null] })
    for (const name of ['_x', '_rid', 'ttl', '@timestamp', 'x@y']) {
      expect(withValue(name, 1)).toEqual([open ? `reservedName ${name}` : `unknownProperty ${name}`])
    }
  })

  test('is a JSON object', () => {
    for (const value of [null, [], 'x', 1, true, [body]]) expect(problems(resource, value)).toEqual(['invalidPayload'])
  })
})
