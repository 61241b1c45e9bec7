import { parseFilter } from '../odata/filter'
import { parseCount, parseOrder, parseSelect, parseTop } from '../odata/listOptions'
import { printEntity, type Style } from '../odata/print'
import { countQuery, type Order, type Position, pageQuery, type Scope } from '../odata/query'
import { parseSkipToken, toSkipToken } from '../odata/skipToken'
import { collectionContext, collectionUrl } from '../odata/urls'
import { modelOf } from '../schemas/model'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { parseStored } from '../schemas/stored'
import type { Stored } from '../store/reply'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import { appliedTo, belongs } from './entity'
import type { Options } from './options'
import { type Answer, jsonHeaders } from './respond'

const MAX_PAGE_BYTES = 4_000_000

/** What a request for a collection asks for. */
interface Listing {
  readonly scope: Scope
  readonly order: Order
  readonly top: number
  readonly count: boolean
  readonly select: readonly string[] | undefined
  readonly after: Position | undefined
  /** What a `$skiptoken` is bound to. */
  readonly binding: readonly string[]
}

const optionsWithoutToken = (options: Options): string[][] =>
  [...options].filter(([name]) => name !== 'skiptoken').sort()

/** The entities that a request is about. */
export const scopeOf = (resource: Resource, { caller, parents, options, prefer }: Exchange<unknown>): Scope => {
  const filter = options.get('filter')
  return {
    tenantId: caller.tenantId,
    parents,
    filter: filter === undefined ? undefined : parseFilter(filter, modelOf(resource), prefer.showHidden),
  }
}

const listingOf = (resource: Resource, exchange: Exchange<unknown>): Listing => {
  const { options, caller, root, parents } = exchange
  const model = modelOf(resource)
  const path = collectionUrl({ origin: '', version: root.version }, resource, parents)
  const binding = [caller.tenantId, path, JSON.stringify(optionsWithoutToken(options))]
  const token = options.get('skiptoken')
  return {
    scope: scopeOf(resource, exchange),
    order: parseOrder(options.get('orderby'), model),
    top: parseTop(options.get('top')),
    count: parseCount(options.get('count')),
    select: parseSelect(options.get('select'), model),
    after: token === undefined ? undefined : parseSkipToken(token, binding),
    binding,
  }
}

/** How many entities there are in a scope. */
export const countEntities = async (
  resource: Resource,
  { store, caller }: Exchange<unknown>,
  scope: Scope,
): Promise<number> => {
  const counts = await store.query(resource, countQuery(scope), caller.tenantId, 1)
  return Number(counts.rows[0] ?? 0)
}

const toStored = (row: unknown): Stored => {
  // A row of `SELECT *` is a document; its members are parsed when it is printed.
  const document = row as Members
  return { document, etag: String(document._etag) }
}

const positionOf = ({ document }: Stored, { property }: Order): Position => ({
  value: String(document[property]),
  id: String(document.id),
})

interface Page {
  readonly entities: readonly string[]
  readonly last: Stored | undefined
}

// Serialised one by one, to stop where the answer would become too large.
const printPage = (resource: Resource, rows: readonly Stored[], style: Style): Page => {
  const entities: string[] = []
  let bytes = 0
  for (const { document, etag } of rows) {
    const text = JSON.stringify(printEntity(resource, parseStored(resource, document), etag, style))
    bytes += Buffer.byteLength(text)
    if (bytes > MAX_PAGE_BYTES && entities.length > 0) break
    entities.push(text)
  }
  return { entities, last: rows[entities.length - 1] }
}

const nextLink = (resource: Resource, { root, parents, options }: Exchange<unknown>, token: string): string => {
  const given = optionsWithoutToken(options).map(([name, value = '']) => `$${name}=${encodeURIComponent(value)}`)
  return `${collectionUrl(root, resource, parents)}?${[...given, `$skiptoken=${token}`].join('&')}`
}

const wrap = (annotations: Readonly<Record<string, unknown>>, entities: readonly string[]): string => {
  const members = Object.entries(annotations).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`,
  )
  return `{${members.join('')}"value":[${entities.join(',')}]}`
}

const run = async (resource: Resource, exchange: Exchange<unknown>): Promise<Answer> => {
  const { caller, parents, store, root, style } = exchange
  const { scope, order, top, count: wantsCount, select, after, binding } = listingOf(resource, exchange)
  const page = store.query(resource, pageQuery(scope, order, after, top + 1), caller.tenantId, top + 1)
  const [{ rows, cut }, total] = await Promise.all([
    page,
    wantsCount ? countEntities(resource, exchange, scope) : undefined,
  ])
  const stored = rows.map(toStored)
  if (!stored.every((row) => belongs(row, caller, parents)))
    throw new Error('the store returned a document that was not asked for')
  const { entities, last } = printPage(resource, stored.slice(0, top), { ...style, select: select && new Set(select) })
  const more = cut || entities.length < stored.length
  const annotations = {
    ...(style.metadata === 'none' ? {} : { '@odata.context': collectionContext(root, resource, parents, select) }),
    ...(total === undefined ? {} : { '@odata.count': total }),
    ...(more && last !== undefined
      ? { '@odata.nextLink': nextLink(resource, exchange, toSkipToken(positionOf(last, order), binding)) }
      : {}),
  }
  return {
    status: 200,
    headers: { ...jsonHeaders(style.metadata), ...appliedTo(resource, exchange, false) },
    body: wrap(annotations, entities),
  }
}

const verb: Verb<undefined> = {
  methods: ['GET', 'HEAD'],
  suffix: '',
  access: 'read',
  options: ['filter', 'orderby', 'select', 'top', 'count', 'skiptoken'],
  hasBody: false,
  headers: () => undefined,
  run,
}

/** `GET` of a collection: one page of the caller's own entities. */
export const list = (resource: Resource): Endpoint => endpoint(verb, resource)
