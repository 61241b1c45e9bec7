import { NIL_GUID } from '../basics/guid'
import { withTimeout } from '../basics/withTimeout'
import { resources } from '../schemas/resources'
import type { Services } from '../services'
import type { Endpoint } from './endpoint'

const TIMEOUT_MS = 2000
const INTERVAL_MS = 1000

/** Whether the store answers; anonymous, asks the store at most once a second, and is never refused for the number of requests. */
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

// A point read of what is never there, in whichever container.
async function readNothing({ attempts }: Services): Promise<boolean> {
  const [resource] = resources
  if (resource === undefined) return false
  const read = attempts.read(resource, { tenantId: NIL_GUID, id: NIL_GUID })
  return withTimeout(
    read.then(({ kind }) => kind === 'absent'),
    TIMEOUT_MS,
    () => false,
  )
}
