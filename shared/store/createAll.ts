import type { JsonObject } from '../basics/isObject'
import type { Outcome, Stored } from '../cosmos/attempts'
import type { Resource } from '../schemas/resource'
import { type Budget, type Run, toFailure } from './retry'
import { type Created, isWriteOf, keyOf, own, type Session } from './session'
import { UNSETTLED } from './untilKnown'

/** What became of one of several documents. */
export type Settled = Created | { readonly failure: unknown }

/**
 * Stores documents, each for itself, and settles each as a single create is: by its id, within the budget of the
 * request. Never rejects: what is not settled at the deadline is a failure of that document.
 */
export async function createAll(
  session: Session,
  resource: Resource,
  documents: readonly JsonObject[],
): Promise<readonly Settled[]> {
  const { attempts, budget: shared } = session
  const budget = shared.beside()
  const entries = documents.map((document): Entry => ({ document, doubt: false, isTaken: false }))
  let open = entries
  while (open.length > 0) {
    const creates = open.filter(({ isTaken }) => !isTaken)
    const created = await spendAll(budget, creates, (all, signal) =>
      attempts.createAll(
        resource,
        all.map(({ document }) => document),
        signal,
      ),
    )
    for (const [entry, outcome] of created) afterCreate(session, entry, outcome)
    const taken = open.filter(({ isTaken, settled }) => isTaken && settled === undefined)
    const read = await spendAll(budget, taken, (all, signal) =>
      attempts.readAll(
        resource,
        all.map(({ document }) => keyOf(session, String(document.id))),
        signal,
      ),
    )
    for (const [entry, outcome] of read) afterRead(session, entry, outcome)
    open = open.filter(({ settled }) => settled === undefined)
    await backOff(budget, open)
  }
  return entries.map(({ settled }) => settled ?? { failure: new Error('a document was not settled') })
}

interface Entry {
  readonly document: JsonObject
  /** Whether an attempt to create it may have been carried out unseen. */
  doubt: boolean
  /** Whether the store has said that there is a document of this id. */
  isTaken: boolean
  /** What the last attempt came to, where another one has to follow. */
  last?: Unsettled
  settled?: Settled
}

type Unsettled = Exclude<Outcome<Stored>, { kind: 'ok' }>

async function spendAll(
  budget: Budget,
  entries: readonly Entry[],
  run: (entries: readonly Entry[], signal: AbortSignal) => ReturnType<Run<readonly Outcome<Stored>[]>>,
): Promise<(readonly [Entry, Outcome<Stored>])[]> {
  if (entries.length === 0) return []
  const all = await budget.spend((signal) => run(entries, signal()))
  return entries.map((entry, index) => [entry, all.kind === 'ok' ? (all.value[index] ?? NOTHING) : all])
}

const NOTHING: Unsettled = { kind: 'unknown', charge: 0 }

function afterCreate({ scope }: Session, entry: Entry, outcome: Outcome<Stored>): void {
  if (outcome.kind === 'ok') settle(entry, () => ({ stored: own(outcome.value, scope), isNew: true }))
  else if (outcome.kind === 'exists') entry.isTaken = true
  else {
    entry.doubt ||= outcome.kind === 'unknown'
    retryLater(entry, outcome)
  }
}

function afterRead({ scope }: Session, entry: Entry, outcome: Outcome<Stored>): void {
  const { document } = entry
  if (outcome.kind === 'ok') {
    settle(entry, () => ({ stored: own(outcome.value, scope), isNew: isWriteOf(outcome.value, document) }))
  } else if (outcome.kind === 'absent') {
    // The id was taken a moment ago and is free now: the document was deleted in between.
    Object.assign(entry, { isTaken: false, last: { kind: 'exists', charge: 0 } })
  } else retryLater(entry, outcome)
}

function settle(entry: Entry, make: () => Created): void {
  try {
    entry.settled = make()
  } catch (failure) {
    entry.settled = { failure }
  }
}

function retryLater(entry: Entry, outcome: Unsettled): void {
  if (UNSETTLED.has(outcome.kind)) entry.last = outcome
  else entry.settled = { failure: toFailure(outcome, entry.doubt) }
}

// Waits as long as the most patient asks; when there is no time left, each fails by what became of it last.
async function backOff(budget: Budget, open: readonly Entry[]): Promise<void> {
  const all = open.map(({ last }) => last ?? NOTHING)
  const throttled = all.filter(({ kind }) => kind === 'throttled')
  const [longest] = throttled.sort((a, b) => (b.retryAfter ?? 0) - (a.retryAfter ?? 0))
  const decisive = longest ?? all.find(({ kind }) => kind !== 'refused') ?? all[0]
  if (decisive === undefined) return
  try {
    await budget.backOff(decisive, false)
  } catch {
    for (const entry of open) entry.settled = { failure: toFailure(entry.last ?? NOTHING, entry.doubt) }
  }
}
