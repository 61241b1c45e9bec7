import type { Resource } from '../schemas/resource'
import { type Endpoint, endpoint, type Verb } from './endpoint'
import { countEntities, scopeOf } from './list'

const verb: Verb<undefined> = {
  methods: ['GET', 'HEAD'],
  suffix: '/$count',
  access: 'read',
  options: ['filter'],
  hasBody: false,
  // The answer is a plain number, whatever Accept asks for.
  ignoresAccept: true,
  headers: () => undefined,
  run: async (resource, exchange) => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain;charset=utf-8', 'OData-Version': '4.0' },
    body: String(await countEntities(resource, exchange, scopeOf(resource, exchange))),
  }),
}

/** `GET …/$count`: how many entities the caller has in a collection, as plain text. */
export const count = (resource: Resource): Endpoint => endpoint(verb, resource)
