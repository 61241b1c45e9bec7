import { NIL_GUID } from '../basics/guid'
import { withTimeout } from '../basics/withTimeout'
import { resources } from '../schemas/resources'
import type { Services } from '../services'
import type { Endpoint } from './endpoint'

const TIMEOUT_MS = 2000
const INTERVAL_MS = 1000

/**
 * Whether the store answers; anonymous, asks the store at most once a second, and is never refused for the number of
 * requests.
 */
export const health: Endpoint = {
  methods: ['GET', 'HEAD'],
  route: 'health',
  alwaysAdmitted: true,
  work: async (_request, services) => {
    const well = await isWell(services)
    return {
      status: well ? 200 : 503,
      headers: { 'Content-Type': 'application/json' },
      body: { status: well ? 'ok' : 'unavailable' },
    }
  },
}

interface Probe {
  readonly at: number
  readonly isWell: Promise<boolean>
}

const probes = new WeakMap<Services, Probe>()

function isWell(services: Services): Promise<boolean> {
  const last = probes.get(services)
  const now = performance.now()
  if (last !== undefined && now - last.at < INTERVAL_MS) return last.isWell
  const probe = { at: now, isWell: readNothing(services) }
  probes.set(services, probe)
  return probe.isWell
}

// A point read of an id that never exists, in any container. Where the first region is silent, the next is asked.
async function readNothing({ attempts, config }: Services): Promise<boolean> {
  const [resource] = resources
  if (resource === undefined) return false
  // A single failure of a region may be an accident, so we try once more than there are regions.
  const tries = 1 + config.store.regions.length
  const time = TIMEOUT_MS / tries
  for (let left = tries; left > 0; left -= 1) {
    // Aborted just before the caller gives up, so that the silent region is recorded.
    const signal = AbortSignal.timeout(0.9 * time)
    const read = attempts.read(resource, { tenantId: NIL_GUID, id: NIL_GUID }, () => signal)
    const outcome = await withTimeout(read, time, () => undefined)
    if (outcome?.kind === 'absent') return true
  }
  return false
}
