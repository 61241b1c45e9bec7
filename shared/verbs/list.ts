import type { Stored } from '../cosmos/attempts'
import { parseFilter } from '../filter/filter'
import { type Preferences, preferHeader } from '../headers/prefer'
import { parseApply } from '../odata/apply'
import { toETag } from '../odata/etag'
import { MAX_TOP, parseCount, parseOrder, parseSelect, parseTop } from '../odata/listOptions'
import type { Position } from '../odata/order'
import type { QueryOptions } from '../odata/queryOptions'
import { entitySerializer, joinObjects, type Style } from '../odata/serialize'
import { invalidSkipToken, parseSkipToken, toSkipToken } from '../odata/skipToken'
import { collectionContext } from '../odata/urls'
import { checkStored, isStorable } from '../payload/fromStore'
import type { Resource } from '../schemas/resource'
import { type Answer, entityHeaders, styleOf } from './answer'
import { countGroups } from './countGroups'
import { nothing, type RequestContext, verb } from './verb'

const MAX_PAGE_BYTES = 4_000_000

// The pair of a query that holds a skip token, as `parseQueryOptions` finds it.
const SKIP_TOKEN = /^(?:\+|%20)*(?:\$|%24)?skiptoken(?:\+|%20)*=/i
// Bytes of a character in UTF-8, as JavaScript counts characters.
const MOST_BYTES = 3

/** `GET` of a collection: one page of the caller's own entities. */
export const list = verb({
  name: 'list',
  title: 'List',
  describe:
    'One page of the entities, the newest first unless `$orderby` says otherwise. If there is another page, the answer has an `@odata.nextLink`: follow it unchanged until there is none.',
  methods: ['GET', 'HEAD'],
  suffix: '',
  access: 'read',
  queryOptions: ['filter', 'orderby', 'select', 'top', 'count', 'skiptoken', 'format', 'apply'],
  hasBody: false,
  headers: [preferHeader('odata.maxpagesize=N', 'include-unknown-enum-members')],
  answers: { 200: { describe: 'A page of entities.', body: 'collection', headers: ['Preference-Applied'] } },
  failures: [],
  readHeaders: nothing,
  readQuery,
  run: (context) => (context.input.apply === undefined ? listPage(context) : countGroups(context, context.input.apply)),
})

async function listPage(context: ListContext): Promise<Answer> {
  const { resource, root, parents, metadata, store, input } = context
  const { filter, order, pageSize, select } = input
  // One more than fits on the page, to know whether there is another page.
  const request = { filter, order, after: positionAfter(context), limit: pageSize + 1 }
  const total = input.count ? store.count(resource, filter) : undefined
  const [{ documents, cut }, count] = await Promise.all([store.list(resource, request), total])
  const { entities, last } = serializePage(resource, documents.slice(0, pageSize), styleOf(context, select))
  const hasMore = (cut || entities.length < documents.length) && last !== undefined
  const annotations = {
    ...(metadata === 'none' ? {} : { '@odata.context': collectionContext(root, resource, parents, select) }),
    ...(count === undefined ? {} : { '@odata.count': count }),
    ...(hasMore ? { '@odata.nextLink': nextLink(context, last) } : {}),
  }
  const head = joinObjects(JSON.stringify(annotations), '{"value":[]}')
  const body = `${head.slice(0, -2)}${entities.join(',')}]}`
  return { status: 200, headers: entityHeaders(context, input.applied), body }
}

type ListContext = RequestContext<ReturnType<typeof readQuery>>

function readQuery(options: QueryOptions, resource: Resource, preferences: Preferences) {
  return {
    apply: parseApply(options, resource, preferences.includeUnknownEnumMembers),
    filter: parseFilter(options.get('filter'), resource, preferences.includeUnknownEnumMembers, options),
    order: parseOrder(options.get('orderby'), resource),
    ...pageSizeOf(options, preferences),
    count: parseCount(options.get('count')),
    select: parseSelect(options.get('select'), resource),
  }
}

function positionAfter(context: ListContext): Position | undefined {
  const { resource, queryOptions, input } = context
  const token = queryOptions.get('skiptoken')
  if (token === undefined) return undefined
  const position = parseSkipToken(token, bindingOf(context))
  // A client that forges a token can forge its checksum too, so the position is validated.
  if (!isStorable(resource, input.order.property, position.value)) throw invalidSkipToken()
  return position
}

// What a request must share with the one that issued its skip token.
function bindingOf({ caller, root, collectionUrl, queryOptions }: ListContext): string[] {
  const path = collectionUrl.slice(root.origin.length)
  return [caller.tenantId, path, JSON.stringify(withoutToken(queryOptions))]
}

function withoutToken(options: QueryOptions): string[][] {
  return [...options].filter(([name]) => name !== 'skiptoken').sort()
}

// A preferred page size applies unless $top is smaller, and is then reported in Preference-Applied.
function pageSizeOf(options: QueryOptions, { maxPageSize }: Preferences) {
  const top = options.get('top')
  const size = parseTop(top)
  const isPreferred = maxPageSize !== undefined && (top === undefined || maxPageSize < size)
  const pageSize = isPreferred ? Math.min(maxPageSize, MAX_TOP) : size
  return { pageSize, applied: isPreferred ? { maxPageSize: pageSize } : {} }
}

function nextLink(context: ListContext, { document }: Stored): string {
  const { input, url } = context
  const position = { value: String(document[input.order.property]), id: String(document.id) }
  const token = toSkipToken(position, bindingOf(context))
  // The query as it was sent, so that the link is longer than the request only by the token. URL parsing has encoded
  // quotes, which do not need it.
  const query = url.search
    .slice(1)
    .replaceAll('%27', "'")
    .split('&')
    .filter((pair) => pair !== '' && !SKIP_TOKEN.test(pair))
  return `${context.collectionUrl}?${[...query, `$skiptoken=${token}`].join('&')}`
}

interface SerializedPage {
  readonly entities: readonly string[]
  readonly last: Stored | undefined
}

// Serializes one by one, to stop before the answer becomes too large.
function serializePage(resource: Resource, documents: readonly Stored[], style: Style): SerializedPage {
  const entities: string[] = []
  const serialize = entitySerializer(resource, style)
  let most = 0
  for (const { document, etag } of documents) {
    const text = serialize(checkStored(resource, document), toETag(etag))
    most += text.length * MOST_BYTES
    // Measured only where it might be too much: few pages come near.
    if (most > MAX_PAGE_BYTES) most = Buffer.byteLength(entities.join('')) + Buffer.byteLength(text)
    if (most > MAX_PAGE_BYTES && entities.length > 0) break
    entities.push(text)
  }
  return { entities, last: documents[entities.length - 1] }
}
