import type { JsonObject } from '../basics/isObject'
import type { Attempts, Stored } from '../cosmos/attempts'
import type { Filter } from '../filter/filterTree'
import type { Resource } from '../schemas/resource'
import { count, type Groups, group, list, type Page, type Projection, project } from './collections'
import { createAll, type Settled } from './createAll'
import type { Column, GroupKey, PageRequest } from './query'
import { type Budget, type Limits, type Run, startBudget, toFailure } from './retry'
import { type Created, isInScope, isWriteOf, keyOf, own, type Scope, type Session } from './session'
import { type Known, untilKnown } from './untilKnown'

/** `stale`: the version has changed. `hidden`: ours may have been written, but another write has replaced it since. */
export type Lost = 'stale' | 'hidden' | 'absent'

/**
 * The store as one request sees it, opened for a tenant and its parents: no call returns a document outside that scope.
 * Each call is bounded by the budget of the request, and its outcome is definite.
 */
export interface Store {
  readonly budget: Pick<Budget, 'attempts' | 'charge'>
  /** The same store within the same budget, narrowed to documents that have these values. */
  below(parents: Scope['parents']): Store
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
  /** A page of these properties alone; those that a document lacks are left out. */
  project(resource: Resource, columns: readonly Column[], page: PageRequest): Promise<Projection>
  count(resource: Resource, filter: Filter | undefined): Promise<number>
  /** How many documents each group has; `limit`: groups that there may be. */
  group(resource: Resource, filter: Filter | undefined, keys: readonly GroupKey[], limit: number): Promise<Groups>
  /** Waits before a lost race is retried; throws `concurrentChange` when no time is left. */
  yieldToOthers(): Promise<void>
}

/** Opens the store for one request. */
export function openStore(attempts: Attempts, limits: Limits, scope: Scope): Store {
  return toStore({ attempts, budget: startBudget(limits), scope })
}

function toStore(session: Session): Store {
  const { scope } = session
  return {
    budget: session.budget,
    below: (parents) => toStore({ ...session, scope: { ...scope, parents: { ...scope.parents, ...parents } } }),
    create: (resource, document) => create(session, resource, document),
    createAll: (resource, documents) => createAll(session, resource, documents),
    read: (resource, id) => read(session, resource, id),
    replace: (resource, id, next) => replace(session, resource, id, next),
    remove: (resource, id, versions) => remove(session, resource, id, versions),
    list: (resource, page) => list(session, resource, page),
    project: (resource, columns, page) => project(session, resource, columns, page),
    count: (resource, filter) => count(session, resource, filter),
    group: (resource, filter, keys, limit) => group(session, resource, filter, keys, limit),
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
