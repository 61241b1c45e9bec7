import { parseFilter } from '../odata/filter'
import type { Filter } from '../odata/filterTree'
import { countQuery } from '../odata/query'
import type { Resource } from '../schemas/resource'
import { type Endpoint, type Exchange, endpoint, type Question, type Verb } from './endpoint'

/** Reads `$filter`; undefined where there is none. */
export const askFilter = ({
  options,
  model,
  prefer,
}: Pick<Question, 'options' | 'model' | 'prefer'>): Filter | undefined => {
  const filter = options().get('filter')
  return filter === undefined ? undefined : parseFilter(filter, model, prefer.showHidden)
}

// The store may count in parts: a count that takes long comes in pages, each with a number of its own.
const MAX_PARTS = 1000

/** How many entities of a collection, of those that a filter lets through, are the caller's. */
export const countEntities = async (
  resource: Resource,
  exchange: Exchange<unknown>,
  filter: Filter | undefined,
): Promise<number> => {
  const { store, caller, parents } = exchange
  const query = countQuery({ tenantId: caller.tenantId, parents, filter })
  const { rows } = await store.query(resource, query, caller.tenantId, MAX_PARTS)
  return rows.reduce<number>((sum, part) => sum + Number(part), 0)
}

const verb: Verb<Filter | undefined> = {
  methods: ['GET', 'HEAD'],
  suffix: '/$count',
  access: 'read',
  options: ['filter'],
  hasBody: false,
  ignoresAccept: true,
  ask: askFilter,
  run: async (resource, exchange) => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain;charset=utf-8', 'OData-Version': '4.0' },
    body: String(await countEntities(resource, exchange, exchange.asked)),
  }),
}

/** `GET …/$count`: how many entities the caller has in a collection, as plain text. */
export const count = (resource: Resource): Endpoint => endpoint(verb, resource)
