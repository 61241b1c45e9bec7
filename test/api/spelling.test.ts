import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Property, Structure } from '../../shared/schemas/property'
import { resources } from '../../shared/schemas/resources'
import { type Ledger, startLedger } from '../harness'
import { details } from './replies'
import { changeable, httpRequest, operation, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const spellings: [string, (name: string) => string][] = [
  ['PascalCase', (name) => name.charAt(0).toUpperCase() + name.slice(1)],
  ['UPPERCASE', (name) => name.toUpperCase()],
  ['lowercase', (name) => name.toLowerCase()],
]

// A value with members of its own on every level, each as long as its type allows.
const sampleOf = ({ type, collection }: Property): unknown => {
  const value = (): unknown => {
    if (type.kind === 'complex') return full(type)
    if (type.kind === 'enum') return type.members[1]
    const samples = {
      'Edm.Guid': ID,
      'Edm.String': 'x',
      'Edm.Boolean': false,
      'Edm.Int32': 7,
      'Edm.DateTimeOffset': DATE,
    }
    return samples[type.name]
  }
  return collection ? [value()] : value()
}
const ID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'
const DATE = '2026-11-23T10:55:47.0000000Z'
const full = ({ properties }: Structure): Record<string, unknown> =>
  Object.fromEntries(
    [...properties.values()].filter(({ computed }) => !computed).map((each) => [each.name, sampleOf(each)]),
  )

const bodyOf = (sample: Sample): Record<string, unknown> => {
  const resource = resources.find(({ name }) => name === sample.name)
  return { ...(resource && full(resource)), ...sample.body }
}

const respell = (value: unknown, spell: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((element) => respell(element, spell))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [spell(name), respell(member, spell)]))
}

// What every answer has of its own.
const comparable = (json: Record<string, unknown>) => {
  const { id: _id, '@odata.etag': _etag, ...rest } = json
  return rest
}

const cases = samples.flatMap((sample) => spellings.map(([name, spell]) => [sample.name, name, sample, spell] as const))

describe('property names are case-insensitive on every level', () => {
  it.each(cases)('%s in %s, by POST', async (_, _spelling, sample, spell) => {
    const plain = await ledger.call({ path: sample.path, body: bodyOf(sample) })
    const spelt = await ledger.call({ path: sample.path, body: respell(bodyOf(sample), spell) })
    expect([spelt.status, details(spelt)]).toEqual([201, []])
    expect(comparable(spelt.json)).toEqual(comparable(plain.json))
    const stored = await ledger.stored(sample.container, String(spelt.json.id))
    const { json } = await ledger.call({ path: `${sample.path}/${spelt.json.id}` })
    expect(Object.keys(json)).toEqual(
      Object.keys((await ledger.call({ path: `${sample.path}/${plain.json.id}` })).json),
    )
    expect(JSON.stringify(stored)).not.toMatch(/dapAccessToken/i)
  })

  it.each(cases.filter(([, , { changes }]) => changes))('%s in %s, by PATCH', async (_, _spelling, sample, spell) => {
    const { json } = await ledger.call({ path: sample.path, body: sample.body })
    const path = `${sample.path}/${json.id}`
    const spelt = await ledger.call({ method: 'PATCH', path, body: respell(bodyOf(sample), spell) })
    expect([spelt.status, details(spelt)]).toEqual([200, []])
    const created = await ledger.call({ path: sample.path, body: bodyOf(sample) })
    const withoutContext = ({ '@odata.context': _context, ...rest }: Record<string, unknown>) => comparable(rest)
    expect(withoutContext(spelt.json)).toEqual(withoutContext(created.json))
  })

  it.each([
    ['status', 'Status', 'succeeded', operation],
    ['statusCode', 'StatusCode', 500, httpRequest],
  ] as const)('a PATCH of %s as %s changes it', async (name, given, value, sample) => {
    const { json } = await ledger.call({ path: sample.path, body: sample.body })
    const changed = await ledger.call({ method: 'PATCH', path: `${sample.path}/${json.id}`, body: { [given]: value } })
    expect([changed.json[name], Object.hasOwn(changed.json, given)]).toEqual([value, false])
  })

  it.each(cases)('%s in %s, in $select, $filter and $orderby', async (_, _spelling, sample, spell) => {
    const resource = resources.find(({ name }) => name === sample.name)
    const ordered = [...(resource?.properties.values() ?? [])].filter(({ order }) => order === true)
    for (const { name } of ordered) {
      const page = await ledger.call({ path: `${sample.path}?$orderby=${spell(name)}&$select=${spell(name)},ID` })
      expect([page.status, Object.keys((page.json.value as object[])[0] /* a page of entities */ ?? {})]).toEqual([
        200,
        expect.arrayContaining(['id', name]),
      ])
    }
    for (const { path } of resource?.filterTargets.values() ?? []) {
      const filter = `${path.map(spell).join('/')}${path.at(-1) === 'tenantIds' ? '/any(t:t eq null)' : ' ne null'}`
      const count = await ledger.call({ path: `${sample.path}/$count?$filter=${filter}` })
      const same = await ledger.call({
        path: `${sample.path}/$count?$filter=${filter.replace(/^[\w/]+/, path.join('/'))}`,
      })
      expect([filter, count.status]).toEqual([filter, 200])
      if (path.at(-1) !== 'tenantIds') expect(count.text).toBe(same.text)
    }
  })
})

describe('one property given in two spellings', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('is refused: %s', async (_, sample) => {
    for (const name of Object.keys(sample.body)) {
      const second = name.toUpperCase()
      const reply = await ledger.call({ path: sample.path, body: { ...sample.body, [second]: sample.body[name] } })
      expect([reply.status, details(reply)]).toEqual([400, [`duplicateProperty ${second}`]])
    }
  })

  it('is refused on every level, also where the first is null or the second wrong', async () => {
    const at = async (more: object, sample = operation) =>
      details(await ledger.call({ path: sample.path, body: { ...sample.body, ...more } }))
    expect(await at({ target: { tenantIds: null, TenantIds: [] } })).toEqual(['duplicateProperty target.TenantIds'])
    expect(await at({ request: { headers: [{ name: 'a', Name: 5 }] } }, httpRequest)).toEqual([
      'duplicateProperty request.headers[0].Name',
    ])
    const lambdas = [{ type: 1, Type: 2, own: { type: 1, Type: 2 } }]
    expect(await at({ operationDefinition: { lambdaDefinitions: lambdas } })).toEqual([
      'duplicateProperty operationDefinition.lambdaDefinitions[0].Type',
    ])
    expect(await at({ more: { Name: 1, name: 2 } })).toEqual([])
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))('is refused by PATCH: %s', async (_, sample) => {
    const { json } = await ledger.call({ path: sample.path, body: sample.body })
    const [name = ''] = Object.keys(sample.body).slice(-1)
    const body = { [name]: sample.body[name], [name.toUpperCase()]: sample.body[name] }
    const reply = await ledger.call({ method: 'PATCH', path: `${sample.path}/${json.id}`, body })
    expect(details(reply)).toEqual([`duplicateProperty ${name.toUpperCase()}`])
  })
})
