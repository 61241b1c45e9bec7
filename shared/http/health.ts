import { managedTenantOperation } from '../schemas/managedTenantOperation'
import type { Services } from '../services'
import type { Endpoint } from './endpoint'
import { handle } from './handle'

const TIMEOUT_MS = 2000
const INTERVAL_MS = 1000
const NOBODY = '00000000-0000-0000-0000-000000000000'

// Any container would do: what is asked for is never there.
const ask = async ({ attempts }: Services): Promise<boolean> => {
  const key = { tenantId: NOBODY, id: NOBODY }
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT_MS)
  })
  const answered = attempts.read(managedTenantOperation, key).then(({ outcome }) => outcome === 'absent')
  const isWell = await Promise.race([answered, tooLate])
  clearTimeout(timer)
  return isWell
}

interface Probe {
  readonly at: number
  readonly isWell: Promise<boolean>
}

const probes = new WeakMap<Services, Probe>()

const isWell = (services: Services): Promise<boolean> => {
  const last = probes.get(services)
  const now = performance.now()
  if (last !== undefined && now - last.at < INTERVAL_MS) return last.isWell
  const probe = { at: now, isWell: ask(services) }
  probes.set(services, probe)
  return probe.isWell
}

/** Whether the store answers; anonymous, and it asks the store at most once a second. It is not counted as load. */
export const health = (): Endpoint => ({
  methods: ['GET', 'HEAD'],
  route: 'health',
  handler: handle(async (_request, services) => {
    const well = await isWell(services)
    return {
      status: well ? 200 : 503,
      headers: { 'Content-Type': 'application/json' },
      body: { status: well ? 'ok' : 'unavailable' },
    }
  }),
})
