import { toETag } from '../odata/etag'
import type { Filter } from '../odata/filterTree'
import { parseCount, parseOrder, parseSelect, parseTop } from '../odata/listOptions'
import { joinObjects, printEntity, type Style } from '../odata/print'
import { type Order, type Position, pageQuery } from '../odata/query'
import { invalidSkipToken, parseSkipToken, toSkipToken } from '../odata/skipToken'
import { collectionContext, collectionUrl } from '../odata/urls'
import { modelOf } from '../schemas/model'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { parseStored } from '../schemas/stored'
import type { Stored } from '../store/reply'
import { askFilter, countEntities } from './count'
import { type Endpoint, type Exchange, endpoint, type Question, type Verb } from './endpoint'
import { appliedTo, belongs } from './entity'
import type { Options } from './options'
import { type Answer, jsonHeaders } from './respond'

const MAX_PAGE_BYTES = 4_000_000

/** What the query options of a list ask for. */
interface Listing {
  readonly filter: Filter | undefined
  readonly order: Order
  readonly top: number
  readonly count: boolean
  readonly select: readonly string[] | undefined
}

const ask = (question: Question): Listing => {
  const { model } = question
  const options = question.options()
  return {
    filter: askFilter(question),
    order: parseOrder(options.get('orderby'), model),
    top: parseTop(options.get('top')),
    count: parseCount(options.get('count')),
    select: parseSelect(options.get('select'), model),
  }
}

const optionsWithoutToken = (options: Options): string[][] =>
  [...options].filter(([name]) => name !== 'skiptoken').sort()

// What the next request must have in common with this one.
const bindingOf = (resource: Resource, { caller, root, parents, options }: Exchange<Listing>): string[] => {
  const path = collectionUrl({ origin: '', version: root.version }, resource, parents)
  return [caller.tenantId, path, JSON.stringify(optionsWithoutToken(options))]
}

const positionAfter = (resource: Resource, exchange: Exchange<Listing>): Position | undefined => {
  const token = exchange.options.get('skiptoken')
  if (token === undefined) return undefined
  const position = parseSkipToken(token, bindingOf(resource, exchange))
  const property = modelOf(resource).properties.get(exchange.asked.order.property)
  // Whoever makes up a token can make up its checksum too.
  if (property?.given.safeParse(position.value).success !== true) throw invalidSkipToken()
  return position
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
    const text = printEntity(resource, parseStored(resource, document), toETag(etag), style)
    bytes += Buffer.byteLength(text)
    if (bytes > MAX_PAGE_BYTES && entities.length > 0) break
    entities.push(text)
  }
  return { entities, last: rows[entities.length - 1] }
}

const nextLink = (resource: Resource, exchange: Exchange<Listing>, last: Stored): string => {
  const { root, parents, options, asked } = exchange
  const token = toSkipToken(positionOf(last, asked.order), bindingOf(resource, exchange))
  const given = optionsWithoutToken(options).map(([name, value = '']) => `$${name}=${encodeURIComponent(value)}`)
  return `${collectionUrl(root, resource, parents)}?${[...given, `$skiptoken=${token}`].join('&')}`
}

const readPage = async (resource: Resource, exchange: Exchange<Listing>, after: Position | undefined) => {
  const { caller, parents, store, asked } = exchange
  // One more than the page holds, to know whether there is another page.
  const limit = asked.top + 1
  const scope = { tenantId: caller.tenantId, parents, filter: asked.filter }
  const query = pageQuery(scope, asked.order, after, limit)
  const { rows, cut } = await store.query(resource, query, caller.tenantId, limit)
  const stored = rows.map(toStored)
  if (stored.every((row) => belongs(row, caller, parents))) return { stored, cut }
  throw new Error('the store returned a document that was not asked for')
}

const run = async (resource: Resource, exchange: Exchange<Listing>): Promise<Answer> => {
  const { parents, root, style, asked } = exchange
  const { select, top } = asked
  const after = positionAfter(resource, exchange)
  const total = asked.count ? countEntities(resource, exchange, asked.filter) : undefined
  const [{ stored, cut }, number] = await Promise.all([readPage(resource, exchange, after), total])
  const printed = { ...style, select: select && new Set(select) }
  const { entities, last } = printPage(resource, stored.slice(0, top), printed)
  const more = (cut || entities.length < stored.length) && last !== undefined
  const annotations = {
    ...(style.metadata === 'none' ? {} : { '@odata.context': collectionContext(root, resource, parents, select) }),
    ...(number === undefined ? {} : { '@odata.count': number }),
    ...(more ? { '@odata.nextLink': nextLink(resource, exchange, last) } : {}),
  }
  const headers = { ...jsonHeaders(style.metadata), ...appliedTo(resource, exchange, false) }
  return { status: 200, headers, body: joinObjects(JSON.stringify(annotations), `{"value":[${entities.join(',')}]}`) }
}

const verb: Verb<Listing> = {
  methods: ['GET', 'HEAD'],
  suffix: '',
  access: 'read',
  options: ['filter', 'orderby', 'select', 'top', 'count', 'skiptoken'],
  hasBody: false,
  ask,
  run,
}

/** `GET` of a collection: one page of the caller's own entities. */
export const list = (resource: Resource): Endpoint => endpoint(verb, resource)
