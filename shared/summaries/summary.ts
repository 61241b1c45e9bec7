import { ApiError } from '../errors'
import type { Position } from '../odata/order'
import { fromStore, newProjector } from '../payload/fromStore'
import { managedTenantOperation } from '../schemas/managedTenantOperation'
import { managedTenantOperationResult } from '../schemas/managedTenantOperationResult'
import { managedTenantOperationSummary } from '../schemas/managedTenantOperationSummary'
import type { Store } from '../store/store'
import { entityHeaders } from '../verbs/answer'
import { entityId, readEntity } from '../verbs/entity'
import { nothing, verb } from '../verbs/verb'
import { addResult, MAX_EXCEPTION, newTally, type Tally, toSummary } from './tally'

/** The most results that one summary reads. */
export const MAX_RESULTS = 20_000

// Few requests, each of them small enough for one attempt at the store.
const PAGE = 5_000

// One character more than is answered: the store may cut a surrogate pair in two.
const COLUMNS = [
  { name: 'id' },
  { name: 'targetTenantId' },
  { name: 'createdDateTime' },
  { name: 'isSuccess' },
  { name: 'exception', maxLength: MAX_EXCEPTION + 1 },
]

/** `GET …/managedTenantOperations/{id}/summary()`: what an operation achieved, computed from its results on request. */
export const summary = verb({
  name: 'summary',
  title: 'Summarize',
  describe:
    'Says what an operation came to, tenant by tenant: of several results of one tenant the newest counts. It is computed from at most 20,000 results, the newest, and may take 20 seconds.',
  methods: ['GET', 'HEAD'],
  suffix: '/{id}/summary',
  isFunction: true,
  returns: managedTenantOperationSummary,
  access: 'read',
  queryOptions: ['format'],
  hasBody: false,
  headers: [],
  answers: { 200: { describe: 'The summary.', body: 'value', headers: [] } },
  failures: ['unknownResource'],
  readHeaders: nothing,
  readQuery: nothing,
  run: async (context) => {
    const { document } = await readEntity(context)
    const { target } = fromStore(managedTenantOperation, document)
    const tally = newTally()
    const isPartial = await readResults(context.store.below({ managedTenantOperationId: entityId(context) }), tally)
    const { origin, version } = context.root
    const contextUrl = `${origin}/${version}/$metadata#microsoft.graph.managedTenantOperationSummary`
    const annotations = context.metadata === 'none' ? {} : { '@odata.context': contextUrl }
    const body = { ...annotations, ...toSummary(tally, target, isPartial) }
    return { status: 200, headers: entityHeaders(context), body }
  },
})

// Reads the newest first, so that what is not reached is the oldest. Returns whether there is any such.
async function readResults(store: Store, tally: Tally): Promise<boolean> {
  const toResult = newProjector(managedTenantOperationResult, COLUMNS)
  let left = MAX_RESULTS
  let after: Position | undefined
  for (;;) {
    // One more than is read, to know whether there is another.
    const limit = left > PAGE ? PAGE : left + 1
    const page = await readPage(store, after, limit)
    if (page === undefined || page.documents.length > left) {
      for (const document of page?.documents.slice(0, left) ?? []) addResult(tally, toResult(document))
      return true
    }
    for (const document of page.documents) addResult(tally, toResult(document))
    const last = page.documents.at(-1)
    if (last === undefined || (!page.cut && page.documents.length < limit)) return false
    after = { value: String(last.createdDateTime), id: String(last.id) }
    left -= page.documents.length
  }
}

// Undefined where the time is over: the summary is then of what was read before. On the first page it is a failure.
async function readPage(store: Store, after: Position | undefined, limit: number) {
  const order = { property: 'createdDateTime', direction: 'desc' } as const
  try {
    return await store.project(managedTenantOperationResult, COLUMNS, { filter: undefined, order, after, limit })
  } catch (error) {
    if (after !== undefined && error instanceof ApiError && UNREACHED.has(error.failure)) return undefined
    throw error
  }
}

const UNREACHED: ReadonlySet<string> = new Set(['storeUnavailable', 'storeThrottled'])
