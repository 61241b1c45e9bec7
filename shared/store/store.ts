import type { JsonObject } from '../basics/isObject'
import type { Filter } from '../odata/filterTree'
import type { Resource } from '../schemas/resource'
import type { Attempts, Query, Rows, Stored } from './attempts'
import { createAll, type Settled } from './createAll'
import { countQuery, type PageRequest, pageQuery, type Scope } from './query'
import { type Budget, type Limits, type Run, startBudget, toFailure } from './retry'
import { type Created, isInScope, isWriteOf, keyOf, own, type Session } from './session'
import { type Known, untilKnown } from './untilKnown'

/** `stale`: the version has changed. `hidden`: ours may have been written, but another write has replaced it since. */
export type Lost = 'stale' | 'hidden' | 'absent'

/** One page of documents. `cut` where there may be more, not fetched because these are too large. */
export interface Page {
  readonly documents: readonly Stored[]
  readonly cut: boolean
}

/**
 * The store as one request sees it, opened for a tenant and its parents: no call returns a document outside that scope.
 * Each call is bounded by the budget of the request, and its outcome is definite.
 */
export interface Store {
  readonly budget: Pick<Budget, 'attempts' | 'charge'>
  /** Stores a document, which names this tenant and these parents, under the id that it carries. */
  create(resource: Resource, document: JsonObject): Promise<Created>
  /**
   * Stores at most `MAX_OPERATIONS` such documents, each for itself; says of each what became of it, in their order.
   */
  createAll(resource: Resource, documents: readonly JsonObject[]): Promise<readonly Settled[]>
  read(resource: Resource, id: string): Promise<Stored | undefined>
  /** Writes `next.document` over the version `next.etag`. */
  replace(resource: Resource, id: string, next: Stored): Promise<Stored | Lost>
  /** Deletes the document, where `versions` is given only in one of them. */
  remove(resource: Resource, id: string, versions?: readonly string[]): Promise<'removed' | Lost>
  list(resource: Resource, page: PageRequest): Promise<Page>
  count(resource: Resource, filter: Filter | undefined): Promise<number>
  /** Waits before a lost race is retried; throws `concurrentChange` when no time is left. */
  yieldToOthers(): Promise<void>
}

// A count that takes long comes in pages, each with a partial count.
const MAX_PARTS = 1000

/** Opens the store for one request. This is the one place where documents are checked to be in scope. */
export function openStore(attempts: Attempts, limits: Limits, scope: Scope): Store {
  const session: Session = { attempts, budget: startBudget(limits), scope }
  return {
    budget: session.budget,
    create: (resource, document) => create(session, resource, document),
    createAll: (resource, documents) => createAll(session, resource, documents),
    read: (resource, id) => read(session, resource, id),
    replace: (resource, id, next) => replace(session, resource, id, next),
    remove: (resource, id, versions) => remove(session, resource, id, versions),
    list: (resource, page) => list(session, resource, page),
    count: (resource, filter) => count(session, resource, filter),
    yieldToOthers: () => session.budget.backOff({ kind: 'stale', charge: 0 }, false),
  }
}

async function read(session: Session, resource: Resource, id: string, doubt = false): Promise<Stored | undefined> {
  const stored = await readAny(session, resource, id, doubt)
  return stored !== undefined && isInScope(stored, session.scope) ? stored : undefined
}

async function create(session: Session, resource: Resource, document: JsonObject): Promise<Created> {
  const { attempts, budget, scope } = session
  let doubt = false
  for (;;) {
    const known: Known<Stored> = await untilKnown(
      budget,
      (signal) => attempts.create(resource, document, signal),
      'write',
      doubt,
    )
    const { outcome } = known
    doubt = known.doubt
    if (outcome.kind === 'ok') return { stored: own(outcome.value, scope), isNew: true }
    if (outcome.kind !== 'exists') throw toFailure(outcome, doubt)
    const stored = await readAny(session, resource, String(document.id), doubt)
    if (stored !== undefined) return { stored: own(stored, scope), isNew: isWriteOf(stored, document) }
    // The id was taken a moment ago and is free now: the document was deleted in between.
    await budget.backOff(outcome, doubt)
  }
}

async function replace(session: Session, resource: Resource, id: string, next: Stored): Promise<Stored | Lost> {
  const { attempts, budget, scope } = session
  const run: Run<Stored> = (signal) => attempts.replace(resource, keyOf(session, id), next, signal)
  const { outcome, doubt } = await untilKnown(budget, run, 'write')
  if (outcome.kind === 'ok') return own(outcome.value, scope)
  if (outcome.kind === 'absent') return 'absent'
  if (outcome.kind !== 'stale') throw toFailure(outcome, doubt)
  if (!doubt) return 'stale'
  const stored = await read(session, resource, id, doubt)
  if (stored === undefined) return 'absent'
  return isWriteOf(stored, next.document) ? stored : 'hidden'
}

async function remove(
  session: Session,
  resource: Resource,
  id: string,
  versions: readonly string[] | undefined,
): Promise<'removed' | Lost> {
  const { attempts, budget, scope } = session
  let [etag] = versions ?? []
  // The key does not include the parents, and the store's own condition can only name one version.
  if (Object.keys(scope.parents).length > 0 || (versions !== undefined && versions.length !== 1)) {
    const stored = await read(session, resource, id)
    if (stored === undefined) return 'absent'
    if (versions?.includes(stored.etag) === false) return 'stale'
    etag = stored.etag
  }
  const run: Run<undefined> = (signal) => attempts.remove(resource, keyOf(session, id), etag, signal)
  const { outcome, doubt } = await untilKnown(budget, run, 'write')
  if (outcome.kind === 'ok') return 'removed'
  if (outcome.kind === 'absent') return doubt ? 'removed' : 'absent'
  if (outcome.kind !== 'stale') throw toFailure(outcome, doubt)
  return doubt ? 'hidden' : 'stale'
}

async function list(session: Session, resource: Resource, page: PageRequest): Promise<Page> {
  const { rows, cut } = await query(session, resource, pageQuery(session.scope, page), page.limit)
  return { documents: rows.map((row) => own(toStored(row), session.scope)), cut }
}

async function count(session: Session, resource: Resource, filter: Filter | undefined): Promise<number> {
  const { rows } = await query(session, resource, countQuery(session.scope, filter), MAX_PARTS)
  return rows.reduce<number>((sum, part) => sum + Number(part), 0)
}

async function query(session: Session, resource: Resource, statement: Query, limit: number): Promise<Rows> {
  const { attempts, budget, scope } = session
  const run: Run<Rows> = (signal) => attempts.query(resource, statement, scope.tenantId, limit, signal())
  const { outcome } = await untilKnown(budget, run, 'read')
  if (outcome.kind === 'ok') return outcome.value
  throw toFailure(outcome, false)
}

// `doubt`: this read is to find out whether a change was made.
async function readAny(session: Session, resource: Resource, id: string, doubt: boolean): Promise<Stored | undefined> {
  const { attempts, budget } = session
  const { outcome } = await untilKnown(
    budget,
    (signal) => attempts.read(resource, keyOf(session, id), signal),
    'read',
    doubt,
  )
  if (outcome.kind === 'ok') return outcome.value
  if (outcome.kind === 'absent') return undefined
  throw toFailure(outcome, doubt)
}

function toStored(row: unknown): Stored {
  // A row of `SELECT *` is a document; its members are checked before it is answered.
  const document = row as JsonObject
  return { document, etag: String(document._etag) }
}
