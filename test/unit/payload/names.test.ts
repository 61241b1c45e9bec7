import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCreate } from '../../../shared/payload/parse'
import { resources } from '../../../shared/schemas/resources'
import { leastOf, problems } from './bodies'

const open = resources.filter((resource) => resource.open)
const closed = resources.filter((resource) => !resource.open)

// Names that mean something to JavaScript, JSON or SQL, and nothing to this service.
const strange = [
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  'then',
  'toJSON',
  'c',
  'undefined',
  'ＮＡＭＥ',
  'Names',
  'TTL',
  'x_',
  'é',
  'x'.repeat(128),
]

// Names with which many clients could not read a page.
const invalid = ['', ' ', 'a.b', 'a b', "a'b", '0', '1a', '$ref', '💥', 'a-b', 'x'.repeat(129)]

test('the operations, results and HTTP requests of a partner are open', () => {
  expect(open.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'managedTenantOperation',
      'managedTenantOperationResult',
      'managedTenantOperationHttpRequest',
    ]),
  )
  expect(closed.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['delegatedAdminRelationshipRequest', 'managedAppOperation']),
  )
})

describe.each(open)('$name', (resource) => {
  const body = leastOf(resource)

  test.each(strange)('keeps %j as it came', (name) => {
    const sent = JSON.parse(JSON.stringify({ ...body, [name]: { [name]: 'x' } })) as object // it was one
    const parsed = parseCreate(resource, sent, false)
    expect(Object.getOwnPropertyDescriptor(parsed, name)?.value).toEqual({ [name]: 'x' })
  })

  test.each(invalid)('refuses %j at its own level, and keeps it inside of a dynamic value', (name) => {
    const [problem = '', ...rest] = problems(resource, { ...body, [name]: 1 })
    expect([problem.split(' ')[0], rest]).toEqual(['invalidName', []])
    expect(parseCreate(resource, { ...body, more: [{ [name]: 1 }] }, false).more).toEqual([{ [name]: 1 }])
  })

  test('keeps any value that JSON has as it came', () => {
    const value = fc
      .jsonValue({ maxDepth: 4 })
      .filter((json) => !/"(__proto__|constructor|prototype|dapAccessToken)":/.test(JSON.stringify(json)))
    const isSafe = (json: unknown): boolean =>
      typeof json === 'number'
        ? Math.abs(json) <= Number.MAX_SAFE_INTEGER
        : typeof json !== 'object' || json === null || Object.values(json).every(isSafe)
    fc.assert(
      fc.property(value.filter(isSafe), (more) => {
        const sent = JSON.parse(JSON.stringify({ ...body, more })) as { more: unknown } // what it was made of
        expect(parseCreate(resource, sent, false).more).toStrictEqual(sent.more)
      }),
    )
  })

  test('refuses all reserved names at its own level, and deeper only those of JavaScript', () => {
    for (const name of [
      '_',
      '_id',
      '__x',
      '_rid',
      '_ts',
      '_etag',
      '_payload',
      'ttl',
      '@a',
      'a@b',
      '@timestamp',
      'more@odata.bind',
      '@bind',
    ]) {
      expect(problems(resource, { ...body, [name]: 1 })[0]).toMatch(/^reservedName /)
      expect(problems(resource, { ...body, more: [{ [name]: 1 }] })).toEqual([])
    }
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const [json, target] of [
        [`{"${name}":1}`, name],
        [`{"more":{"${name}":{}}}`, `more.${name}`],
        [`{"more":[[{"a":{"${name}":null}}]]}`, `more[0][0].a.${name}`],
      ] as const)
        expect(problems(resource, Object.assign(Object.create(null), body, JSON.parse(json)))).toEqual([
          `reservedName ${target}`,
        ])
    }
  })

  test.each([
    ['9007199254740991', true],
    ['-9007199254740991', true],
    ['9007199254740992', false],
    ['-9007199254740992', false],
    ['1e400', false],
    ['-1e400', false],
    ['1e308', false],
    ['0.1', true],
    ['-0', true],
    ['1e-400', true],
    ['9007199254740991.4', true],
  ])('of the number %s it says whether it comes back: %s', (number, comesBack) => {
    const at = (json: string) => problems(resource, { ...body, ...(JSON.parse(json) as object) /* it is one */ })
    expect(at(`{"more":${number}}`)).toEqual(comesBack ? [] : ['invalidValue more'])
    expect(at(`{"more":[{"a":${number}}]}`)).toEqual(comesBack ? [] : ['invalidValue more[0].a'])
  })

  test.each([
    ['objects', (inner: unknown) => ({ a: inner })],
    ['arrays', (inner: unknown) => [inner]],
  ])('has at most 62 levels of %s, itself the first', (_, wrap) => {
    const nested = (levels: number): unknown => (levels === 1 ? wrap('x') : wrap(nested(levels - 1)))
    expect(problems(resource, { ...body, more: nested(61) })).toEqual([])
    expect(problems(resource, { ...body, more: nested(62) })).toEqual(['payloadTooDeep'])
  })
})

describe.each(closed)('$name', (resource) => {
  test.each([...strange, ...invalid, '_rid', 'ttl', '@timestamp', 'x@y'])('refuses %j', (name) => {
    const [problem = '', ...rest] = problems(resource, { ...leastOf(resource), [name]: 1 })
    expect([problem.split(' ')[0], rest]).toEqual(['unknownProperty', []])
  })
})

test('the first hundred problems are reported, wherever they are', () => {
  for (const resource of resources) {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`_${index}`, 1]))
    expect(problems(resource, many)).toHaveLength(100)
  }
})

test('a write-only name is reserved in operations, and allowed elsewhere', () => {
  for (const resource of open) {
    const isOperation = resource.name === 'managedTenantOperation'
    const expected = isOperation ? ['reservedName dapAccessToken'] : []
    expect(problems(resource, { ...leastOf(resource), dapAccessToken: 'x' })).toEqual(expected)
  }
})
