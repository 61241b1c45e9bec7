import { randomUUID } from 'node:crypto'
import { appOperation, type Sample, samples } from '../api/samples'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import type { Call, Ledger, Reply } from '../harness'
import { bodyFor } from './bodyFor'
import type { FaultCase } from './faults'
import { changesOf, isCreate, type Target, type VerbCase } from './verbs'

type Document = Readonly<Record<string, unknown>>

/** The documents of a partner as the store has them. */
export const documentsOf = async ({ database }: Ledger, { container }: Sample, tenant: string): Promise<Document[]> => {
  const query = {
    query: 'SELECT * FROM c WHERE c.partnerTenantId = @tenant',
    parameters: [{ name: '@tenant', value: tenant }],
  }
  return (await database.container(container).items.query<Document>(query).fetchAll()).resources
}

/** One fault with one verb. */
export interface Cell {
  readonly fault: FaultCase
  readonly verb: VerbCase
  readonly often: 'once' | 'for ever'
}

/** What came of one verb under one fault. */
export interface Observation {
  readonly reply: Reply
  /** Milliseconds until the answer; for reports, no test looks at it. */
  readonly time: number
  /** Whether the store was asked for what matters, meanwhile: a machine that is too busy may not come to it. */
  readonly reached: boolean
  readonly documents: number
  readonly changed: boolean
  /** The health of the service when the fault is over. */
  readonly health: number
  /** The same request, when the fault is over. */
  readonly again: Reply
  readonly documentsAgain: number
}

/** How often the fault happens, and how long a request may work at the store meanwhile: milliseconds. */
export interface Mode {
  readonly times: number
  readonly deadline: number
  readonly throttle: number
}

type Services = Ledger['services']

/** The same services, with another patience; connections and all that they know are shared. */
export const withLimits = (services: Services, { deadline, throttle }: Omit<Mode, 'times'>): Services => ({
  ...services,
  config: { ...services.config, store: { ...services.config.store, deadline, throttle } },
})

/** Services whose way to the store leads through a proxy; the containers' definitions are known to them. */
export const through = async (
  ledger: Ledger,
  proxy: FaultProxy,
  settings: Ledger['settings'],
  ...samples: readonly Sample[]
): Promise<Services> => {
  const made = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint, ...settings })
  await warm(made, samples)
  // The keys of the authority are another matter.
  return { ...made, authenticate: ledger.services.authenticate }
}

// On a busy machine one attempt may take longer than the deadline that is tested.
const warm = async (
  { attempts }: Pick<Services, 'attempts'>,
  samples: readonly Sample[],
  tries = 50,
): Promise<void> => {
  try {
    await attempts.warm(samples.map(({ container }) => container))
  } catch (error) {
    if (tries === 1) throw error
    await warm({ attempts }, samples, tries - 1)
  }
}

/** Stores an entity past the proxy. */
export const seed = async (ledger: Ledger, sample: Sample, tenant: string): Promise<Target> => {
  const call: Call = { path: sample.path, body: bodyFor(sample, tenant), token: { tenant } }
  const { json, headers } = await ledger.call(call)
  return { tenant, id: String(json.id), etag: headers.get('etag') ?? '' }
}

const isChanged = (sample: Sample, document: Document | undefined): boolean => {
  const [[name, value] = ['', '']] = Object.entries(changesOf(sample)).slice(sample === appOperation ? 0 : -1)
  return document?.[name] === value
}

const breakDown = async (
  proxy: FaultProxy,
  { fault }: FaultCase,
  { kind }: VerbCase,
  { times }: Mode,
): Promise<void> => {
  if (fault === 'refuse') await proxy.refuse()
  else if (fault === 'mute') proxy.mute(times)
  else proxy.inject(fault, [kind], times)
}

/** Where faults are tried one after another: the service is never started anew. */
export interface Bench {
  readonly ledger: Ledger
  readonly proxy: FaultProxy
  readonly services: Services
}

export const openBench = async (ledger: Ledger): Promise<Bench> => {
  const proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  return { ledger, proxy, services: await through(ledger, proxy, {}, ...samples) }
}

// It asks once, and may meet a connection that the fault has left broken, or a store that is busy: then it is asked
// again, as a monitor would.
const healthOf = async ({ ledger, services }: Omit<Bench, 'proxy'>, tries = 10): Promise<number> => {
  // Another object, so that what was found out before is forgotten.
  const { status } = await ledger.call({ path: '/health', token: null, services: { ...services } })
  return status === 200 || tries === 1 ? status : healthOf({ ledger, services }, tries - 1)
}

/** Tries one verb under one fault, with a partner of its own. */
export const tryCell = async (bench: Bench, { fault, verb }: Cell, mode: Mode): Promise<Observation> => {
  const { ledger, proxy } = bench
  const { sample } = verb
  const { services } = bench
  const tenant = randomUUID()
  const target = isCreate(verb) ? { tenant, id: randomUUID(), etag: '' } : await seed(ledger, sample, tenant)
  // One token for all calls: to sign one costs more than a call.
  const headers = { authorization: `Bearer ${ledger.token({ tenant })}` }
  const asked = verb.request(target)
  const request = { ...asked, headers: { ...asked.headers, ...headers }, token: null, services }
  await breakDown(proxy, fault, verb, mode)
  proxy.passed.length = 0
  const start = performance.now()
  const part = verb.part ?? ((whole: Reply) => whole)
  const reply = part(await ledger.call({ ...request, services: withLimits(services, mode) }))
  const time = performance.now() - start
  await proxy.quiet()
  const reached = proxy.passed.includes(verb.kind)
  await proxy.heal()
  const documents = await documentsOf(ledger, sample, tenant)
  const health = await healthOf(bench)
  const again = part(await ledger.call(request))
  const documentsAgain = await documentsOf(ledger, sample, tenant)
  return {
    reply,
    time,
    reached,
    documents: documents.length,
    changed: isChanged(sample, documents[0]),
    health,
    again,
    documentsAgain: documentsAgain.length,
  }
}
