import { readExamples } from '../../local/examples'
import { mintToken, PARTNER_TENANT } from '../../local/mintToken'
import { type Load, load, type Target } from './load'
import type { Contestants } from './throughput'

// What it saves to send many at once: the same results as single POSTs, in batches of twenty and in bulks of five hundred.

const SECONDS = 2
const ROUNDS = 6
const BATCH = 20
const BULK = 500
const RESULTS = 'managedTenantOperationResults'

/** Results stored a second in each way, round by round. */
export type Many = readonly Readonly<Record<Way, number>>[]

type Way = 'bare' | 'single' | 'batch' | 'bulk'

interface Sending {
  readonly target: Target
  readonly connections: number
  /** Results in one request. */
  readonly results: number
}

/** Measures each way in turn, each round begun by another. */
export const measureMany = async (contestants: Contestants): Promise<Many> => {
  const sendings = Object.entries(waysOf(contestants)) as [Way, Sending][] // the keys are those of the type
  const rounds: Record<Way, number>[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rates: Record<Way, number> = { bare: 0, single: 0, batch: 0, bulk: 0 }
    for (let turn = 0; turn < sendings.length; turn += 1) {
      const entry = sendings[(turn + round) % sendings.length]
      if (entry === undefined) continue
      const [way, { target, connections, results }] = entry
      const { rate }: Load = await load(target, SECONDS, connections)
      rates[way] = rate * results
    }
    if (round > 0) rounds.push(rates)
  }
  return rounds
}

const waysOf = ({ bare, ours }: Contestants): Readonly<Record<Way, Sending>> => {
  const body = readExamples().find(({ name }) => name === `${RESULTS}Create`)?.body
  const headers = { authorization: `Bearer ${mintToken()}` }
  const request = { method: 'POST', url: `/${RESULTS}`, headers: { 'Content-Type': 'application/json' }, body }
  const requests = Array.from({ length: BATCH }, (_, index) => ({ ...request, id: String(index) }))
  const value = Array.from({ length: BULK }, () => body)
  const prefer = 'continue-on-error,return=minimal'
  const url = `${ours}/beta/${RESULTS}`
  return {
    bare: {
      target: { method: 'POST', url: `${bare}/${RESULTS}`, body: { ...body, partnerTenantId: PARTNER_TENANT } },
      connections: 16,
      results: 1,
    },
    single: { target: { method: 'POST', url, headers, body }, connections: 16, results: 1 },
    batch: {
      target: { method: 'POST', url: `${ours}/beta/$batch`, headers, body: { requests } },
      connections: 2,
      results: BATCH,
    },
    bulk: {
      target: { method: 'PATCH', url, headers: { ...headers, prefer }, body: { value } },
      connections: 2,
      results: BULK,
    },
  }
}
