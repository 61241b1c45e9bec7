import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { details } from './replies'
import { changeable, operation, relationshipRequest, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const every = samples.map((sample) => [sample.name, sample] as const)
const bodyOf = ({ body, name }: Sample) =>
  name === operation.name
    ? { ...body, credentials: {}, result: { tenantExceptions: [{}] }, own: { '@odata.type': 'x' } }
    : body

const create = async (sample: Sample) => {
  const { json } = await ledger.call({ path: sample.path, body: bodyOf(sample) })
  const path = `${sample.path}/${json.id}`
  const page = await ledger.call({ path: `${sample.path}?$filter=id eq '${json.id}'` })
  const [row] = page.json.value as Record<string, unknown>[] // a page of entities
  return { json, path, read: (await ledger.call({ path })).json, row: row ?? {} }
}

// Without what a copy has of its own.
const contentOf = ({ '@odata.context': _c, '@odata.etag': _e, id: _i, ...rest }: Record<string, unknown>) => rest

describe('an answer can be sent back', () => {
  it.each(every)('as a copy, by POST: %s', async (_, sample) => {
    const { json, read, row } = await create(sample)
    for (const body of [json, read, row]) {
      const copy = await ledger.call({ path: sample.path, body })
      expect([copy.status, details(copy)]).toEqual([201, []])
      expect(contentOf(copy.json)).toEqual(contentOf(json))
      expect(copy.json.id).not.toBe(json.id)
    }
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))('changed, by PATCH: %s', async (_, sample) => {
    const { read, row, path } = await create(sample)
    const member =
      Object.keys(sample.body).find((name) => ['name', 'isSuccess', 'attempt', 'state'].includes(name)) ?? ''
    const value = { name: 'changed', isSuccess: false, attempt: 9, state: 'changed' }[member]
    for (const body of [read, row]) {
      const changed = await ledger.call({ method: 'PATCH', path, body: { ...body, [member]: value } })
      expect([changed.status, details(changed)]).toEqual([200, []])
      expect(contentOf(changed.json)).toEqual({ ...contentOf(read), [member]: value })
    }
    const stored = await ledger.stored(sample.container, String(read.id))
    expect(Object.keys(stored ?? {}).filter((name) => name.includes('@'))).toEqual([])
  })
})

describe('control information', () => {
  const control = {
    '@odata.context': 'x',
    '@odata.etag': 1,
    '@odata.id': null,
    '@odata.editLink': {},
    '@odata.unheard': [],
    '@context': 'x',
    '@etag': 'x',
    '@id': 'x',
    '@count': 5,
    '@nextLink': 'x',
  }
  it.each(every)('is dropped, on the entity and on any property, known or not: %s', async (_, sample) => {
    const [name = ''] = Object.keys(sample.body)
    const annotated = {
      [`${name}@odata.type`]: '#String',
      [`${name}@type`]: 'String',
      'more@odata.type': '#Int64',
      'more@odata.count': 1,
    }
    const reply = await ledger.call({ path: sample.path, body: { ...control, ...annotated, ...sample.body } })
    expect([reply.status, details(reply)]).toEqual([201, []])
    const stored = await ledger.stored(sample.container, String(reply.json.id))
    expect(JSON.stringify(stored)).not.toMatch(/@|unheard/)
  })

  it('is dropped on every level of documented types, and kept inside of a dynamic value', async () => {
    const lambdaDefinitions = [{ ...control, type: 1, 'type@odata.type': '#Int32', own: control }]
    const body = {
      ...operation.body,
      target: { ...control, allTenants: true },
      operationDefinition: { lambdaDefinitions },
    }
    const reply = await ledger.call({ path: operation.path, body })
    const stored = await ledger.stored(operation.container, String(reply.json.id))
    expect(stored).toMatchObject({
      target: { allTenants: true },
      operationDefinition: { lambdaDefinitions: [{ type: 1, own: control }] },
    })
    expect(Object.keys((stored?.target ?? {}) as object /* as matched above */)).toEqual(['allTenants'])
  })

  it('stands for no other in two spellings, and its type is checked in both', async () => {
    const at = async (more: object) =>
      details(await ledger.call({ path: result.path, body: { ...result.body, ...more } }))
    expect(await at({ '@type': '#microsoft.graph.managedTenantOperationResult' })).toEqual([])
    expect(await at({ '@type': '#microsoft.graph.user' })).toEqual(['invalidValue @odata.type'])
    expect(await at({ '@odata.type': 'microsoft.graph.managedTenantOperationResult', '@type': 'x' })).toEqual([
      'duplicateProperty @type',
    ])
  })

  it.each(every)('that asks for something is refused, and so are foreign annotations: %s', async (_, sample) => {
    const isOpen = sample !== relationshipRequest && sample.body.displayName === undefined
    for (const name of ['action@odata.bind', 'more@bind', '@odata.bind']) {
      const reply = await ledger.call({ path: sample.path, body: { ...sample.body, [name]: 'x' } })
      expect(details(reply)).toEqual([`reservedName ${name}`])
    }
    for (const name of ['@timestamp', 'x@y', '@Core.Computed', '@removed']) {
      const reply = await ledger.call({ path: sample.path, body: { ...sample.body, [name]: 'x' } })
      expect(details(reply)).toEqual([`${isOpen ? 'reservedName' : 'unknownProperty'} ${name}`])
    }
  })
})
