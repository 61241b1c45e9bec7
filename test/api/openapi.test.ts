import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failures } from '../../shared/errors'
import { endpoints } from '../../shared/http/register'
import { describedBodies } from '../../shared/openapi/openapiBodies'
import { describedOptions } from '../../shared/openapi/openapiParameters'
import { resources } from '../../shared/schemas/resources'
import { type Ledger, startLedger } from '../harness'
import { type Described, type OpenApi, operationsOf, readOpenApi } from './openApiDocument'
import { trialsOf, withValue } from './openApiValues'

let ledger: Ledger
let document: OpenApi
beforeAll(async () => {
  ledger = await startLedger()
  document = await readOpenApi(ledger)
})
afterAll(() => ledger.close())

const RELATIONSHIP = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4-0b7c2f11-93de-4a6f-8c25-d1e0947ab358'

const fill = (path: string, id = ''): string =>
  `/beta${path}`
    .replace('{delegatedAdminRelationshipId}', RELATIONSHIP)
    .replace('{id}', id)
    .replace(/\{\w+\}/g, 'anything')

const find = (id: string): Described => {
  const found = operationsOf(document).find((described) => described.id === id)
  if (found === undefined) throw new Error(`the document has no ${id}`)
  return found
}

const bodyOf = ({ operation }: Described) => operation.requestBody?.content['application/json']

// Answers are validated as they are, without a format that only says how to read a text.
const matches = (described: Described, status: number, body: unknown): string => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'doc', components: document.components })
  const schema = described.operation.responses[status]?.content?.['application/json']?.schema
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')))
  validate(body)
  return ajv.errorsText(validate.errors)
}

test('a strict linter finds nothing', async () => {
  const { text } = await ledger.call({ path: '/v1.0/openapi.json', token: null })
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lintFromString({ source: text, config })
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([])
})

test('every operation that is registered is described, and no other', () => {
  const registered = endpoints.flatMap(({ operation, batch, route, methods }) =>
    (operation ?? batch) === undefined
      ? []
      : methods.filter((name) => name !== 'HEAD').map((method) => `${method} ${route.replace('{version}', '')}`),
  )
  expect(
    operationsOf(document)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(registered.sort())
})

test('every query option and body of a verb is described, and every failure is one of some operation', () => {
  const bodies = endpoints.flatMap(({ operation }) => (operation?.verb.hasBody ? operation.verb.name : []))
  expect(bodies.filter((name) => !describedBodies.includes(name))).toEqual([])
  const options = endpoints.flatMap(({ operation }) => operation?.verb.queryOptions ?? [])
  expect([...new Set(options)].filter((name) => !describedOptions.includes(name))).toEqual([])
  const described = new Set(
    operationsOf(document).flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content }) =>
        Object.keys(content?.['application/json']?.examples ?? {}),
      ),
    ),
  )
  // Those of a request within a batch, and of an entity within a bulk, belong to no operation.
  const elsewhere = ['notBatchable', 'unknownPath', 'unsupportedMethod', 'responseTooLarge', 'dependencyFailed']
  expect(Object.keys(failures).filter((name) => !described.has(name))).toEqual(elsewhere)
})

test('every property of a declaration has its sentence in its component', () => {
  for (const { name, properties } of resources) {
    const component = document.components.schemas[`microsoft.graph.${name}`]?.properties ?? {}
    for (const [key, { describe: sentence }] of properties) {
      expect([name, key, component[key]?.description]).toEqual([name, key, sentence])
    }
  }
})

describe.each(resources)('$name', ({ container }) => {
  test('its documented create is answered as documented', async () => {
    const create = find(`${container}.create`)
    const reply = await ledger.call({ path: fill(create.path), body: bodyOf(create)?.example })
    expect(reply.status).toBe(201)
    expect(matches(create, 201, reply.json)).toBe('No errors')
    const documented = create.operation.responses[201]?.content?.['application/json']?.example
    expect(Object.keys(reply.json)).toEqual(Object.keys(Object(documented)))
    expect(matches(create, 201, documented)).toBe('No errors')
  })

  test('its list and its entity are answered as documented', async () => {
    const list = find(`${container}.list`)
    const page = await ledger.call({ path: `${fill(list.path)}?$count=true&$top=1` })
    expect(matches(list, 200, page.json)).toBe('No errors')
    const [{ id }] = page.json.value as [{ id: string }]
    const get = find(`${container}.get`)
    expect(matches(get, 200, (await ledger.call({ path: fill(get.path, id) })).json)).toBe('No errors')
  })

  test('a create needs what the document says, and nothing else', async () => {
    const create = find(`${container}.create`)
    const { schema, example } = bodyOf(create) ?? {}
    const required = schema?.required ?? []
    const settable =
      document.components.schemas[String(schema?.$ref).replace('#/components/schemas/', '')]?.properties ?? {}
    for (const name of Object.keys(settable).filter((key) => !key.startsWith('@'))) {
      const reply = await ledger.call({ path: fill(create.path), body: withValue(example, [name], undefined) })
      expect([name, reply.status]).toEqual([name, required.includes(name) ? 400 : 201])
    }
  })

  test('a create takes what is within the bounds of the document, and nothing beyond', async () => {
    const create = find(`${container}.create`)
    const { schema = {}, example } = bodyOf(create) ?? {}
    const trials = trialsOf(document, schema)
    for (const { path, value, isGood } of trials) {
      const ownTenant = path.at(-1) === 'partnerTenantId' && isGood
      const reply = await ledger.call({ path: fill(create.path), body: withValue(example, path, value) })
      expect([path.join('/'), value, reply.status]).toEqual([
        path.join('/'),
        value,
        ownTenant ? 403 : isGood ? 201 : 400,
      ])
    }
    expect(trials.length).toBeGreaterThan(8)
  })
})

test('what leads on from an operation is answered as documented', async () => {
  const create = find('managedTenantOperations.create')
  const { json } = await ledger.call({ path: fill(create.path), body: bodyOf(create)?.example })
  const result = find('managedTenantOperationResults.create')
  const body = { ...Object(bodyOf(result)?.example), managedTenantOperationId: json.id }
  expect((await ledger.call({ path: fill(result.path), body })).status).toBe(201)
  for (const name of ['listResults', 'listHttpRequests', 'summary']) {
    const described = find(`managedTenantOperations.${name}`)
    const reply = await ledger.call({ path: fill(described.path, String(json.id)) })
    expect([name, reply.status, matches(described, 200, reply.json)]).toEqual([name, 200, 'No errors'])
    const documented = described.operation.responses[200]?.content?.['application/json']?.example
    if (name === 'summary') expect(Object.keys(reply.json)).toEqual(Object.keys(Object(documented)))
  }
})

test.each(['managedTenantOperations', 'managedTenantOperationResults', 'managedAppOperations'])(
  'a change of %s takes what is within the bounds, and may leave everything out',
  async (container) => {
    const [create, patch] = [find(`${container}.create`), find(`${container}.patch`)]
    const { json } = await ledger.call({ path: fill(create.path), body: bodyOf(create)?.example })
    const path = fill(patch.path, String(json.id))
    const change = (body: unknown) => ledger.call({ method: 'PATCH', path, body })
    expect((await change({})).status).toBe(200)
    expect((await change(bodyOf(patch)?.example)).status).toBe(200)
    for (const trial of trialsOf(document, bodyOf(patch)?.schema ?? {})) {
      if (/^(partnerTenantId|managedTenantOperationId)$/.test(trial.path[0] ?? '')) continue
      const { status } = await change(withValue({}, trial.path, trial.value))
      expect([trial.path.join('/'), trial.value, status]).toEqual([
        trial.path.join('/'),
        trial.value,
        trial.isGood ? 200 : 400,
      ])
    }
  },
)
