import * as z from 'zod'
import { lazy } from '../basics/lazy'

/** What is sent to a region: the account's own description, or a request that reads or writes. */
export type Use = 'account' | 'read' | 'write'

/** What this process has learned about the regions of the account; decides where the next request goes. */
export interface Regions {
  /** The address of the region that the SDK chose while it works, otherwise of another one that works. */
  choose(chosen: string, use: Use): string
  /** Whether any region works. */
  hasWell(use: Use): boolean
  /** How often a region has answered. */
  answers(region: string): number
  answered(region: string, use: Use): void
  /** `certain`: this failure alone marks the region as down. `everything`: for reads and writes alike. */
  failed(region: string, use: Use | 'everything', certain: boolean): void
  /** Records the account's description. */
  learn(account: unknown): void
}

const Location = lazy(() => z.object({ name: z.string(), databaseAccountEndpoint: z.string() }))
const Account = lazy(() => z.object({ writableLocations: z.array(Location()), readableLocations: z.array(Location()) }))

// A single reset or 503 may be an accident (a connection that was idle too long), and another region may return
// slightly older data. Two in a row mark the region as down.
const ENOUGH = 2

// After this, one request tries the region again; the others go elsewhere until it is answered.
const PAUSE_MS = 30_000

interface Mark {
  readonly failures: number
  readonly until: number
}

/** Starts with the account's address and the names of its regions, in the order of preference. */
export function newRegions(endpoint: string, preferred: readonly string[], now: () => Date): Regions {
  const marks = newMarks(now)
  const answers = new Map<string, number>()
  const guesses = preferred.map((name) => guessAddress(endpoint, name))
  let known: Known = { read: [], write: [] }

  function candidates(use: Use): readonly string[] {
    if (use !== 'account') return known[use]
    return [endpoint, ...(known.read.length === 0 ? guesses : known.read)]
  }

  return {
    choose: (chosen, use) => marks.best(inOrder(chosen, candidates(use)), use) ?? chosen,
    hasWell: (use) => candidates(use).some((region) => marks.isWell(region, use)),
    answers: (region) => answers.get(originOf(region)) ?? 0,
    answered(region, use) {
      marks.clear(region, use)
      answers.set(originOf(region), (answers.get(originOf(region)) ?? 0) + 1)
    },
    failed(region, use, certain) {
      for (const one of use === 'everything' ? BOTH : [use]) marks.add(region, one, certain)
    },
    learn(account) {
      const { writableLocations, readableLocations } = Account().parse(account)
      known = { read: addressesOf(readableLocations, preferred), write: addressesOf(writableLocations, preferred) }
    },
  }
}

interface Known {
  readonly read: readonly string[]
  readonly write: readonly string[]
}

const BOTH: readonly Use[] = ['read', 'write']

// The regions that fail, for reads and for writes, the latest failure last.
function newMarks(now: () => Date) {
  const marks = new Map<string, Mark>()
  const nameOf = (region: string, use: Use): string => `${use === 'write' ? 'write' : 'read'} ${originOf(region)}`
  const isWell = (region: string, use: Use): boolean => (marks.get(nameOf(region, use))?.failures ?? 0) < ENOUGH

  function isDue(region: string, use: Use): boolean {
    const mark = marks.get(nameOf(region, use))
    if (mark === undefined || now().getTime() < mark.until) return false
    marks.set(nameOf(region, use), { ...mark, until: now().getTime() + PAUSE_MS })
    return true
  }

  return {
    isWell,
    /** The first region that works or may be retried; otherwise the one whose failure is the oldest. */
    best(regions: readonly string[], use: Use): string | undefined {
      const names = [...marks.keys()]
      const place = (region: string): number => names.indexOf(nameOf(region, use))
      const best = regions.find((region) => isWell(region, use) || isDue(region, use))
      return best ?? regions.toSorted((a, b) => place(a) - place(b))[0]
    },
    add(region: string, use: Use, certain: boolean): void {
      const name = nameOf(region, use)
      const failures = certain ? ENOUGH : (marks.get(name)?.failures ?? 0) + 1
      marks.delete(name)
      marks.set(name, { failures, until: now().getTime() + PAUSE_MS })
    },
    clear(region: string, use: Use): void {
      marks.delete(nameOf(region, use))
    },
  }
}

/**
 * The address of an account in one region, as the account itself would report it. Needed at start when the account
 * cannot be asked, because its own address leads to the region that is down.
 */
export function guessAddress(endpoint: string, region: string): string {
  const url = new URL(endpoint)
  const [account = '', ...domain] = url.hostname.split('.')
  url.hostname = [`${account}-${plain(region)}`, ...domain].join('.')
  return url.href
}

// The SDK's choice comes first, unless the account no longer lists that region for this use.
function inOrder(chosen: string, candidates: readonly string[]): readonly string[] {
  const isKnown = candidates.some((region) => originOf(region) === originOf(chosen))
  return isKnown || candidates.length === 0 ? [chosen, ...candidates] : candidates
}

function addressesOf(locations: z.infer<ReturnType<typeof Location>>[], preferred: readonly string[]): string[] {
  const order = preferred.map(plain)
  const rank = ({ name }: { readonly name: string }): number => order.indexOf(plain(name)) + 1 || order.length + 1
  return locations.toSorted((a, b) => rank(a) - rank(b)).map((location) => location.databaseAccountEndpoint)
}

// 'West Europe' and 'westeurope' are the same region.
function plain(region: string): string {
  return region.toLowerCase().replaceAll(' ', '')
}

function originOf(address: string): string {
  return new URL(address).origin
}
