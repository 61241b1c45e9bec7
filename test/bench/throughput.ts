import { type Example, readExamples } from '../../local/examples'
import { mintToken, PARTNER_TENANT } from '../../local/mintToken'
import { type Child, startChild } from './children'
import { writeTemplate } from './cold'
import { type Load, load, type Target } from './load'
import { type Spread, spread } from './statistics'

const CONTAINERS: Readonly<Record<string, string>> = {
  delegatedAdminRelationshipRequestsCreate: 'delegatedAdminRelationshipRequests',
  managedAppOperationsCreate: 'managedAppOperations',
  managedTenantOperationHttpRequestsCreate: 'managedTenantOperationHttpRequests',
  managedTenantOperationResultsCreate: 'managedTenantOperationResults',
  managedTenantOperationsCreate: 'managedTenantOperations',
}

const SECONDS = 1
const ROUNDS = 6
const USER = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'

/** The processes that are measured, each with the same store in yet another. */
export interface Contestants {
  readonly bare: string
  readonly template: string
  readonly ours: string
  readonly issuer: Readonly<Record<'authority' | 'audience', string>>
  /** Starts another process of the same kind, on the same store. */
  readonly startAnother: (who: 'template' | 'ours') => Promise<Child<Url>>
  readonly stop: () => Promise<void>
}

type Url = Readonly<{ url: string }>

/** Starts everything. */
export const startContestants = async (): Promise<Contestants> => {
  const children: Child<unknown>[] = []
  const keep = async <T>(starting: Promise<Child<T>>): Promise<T> => {
    const child = await starting
    children.push(child)
    return child.ready
  }
  const store = await keep(startChild<{ endpoint: string; key: string }>('database', []))
  const issuer = await keep(startChild<{ authority: string; audience: string }>('issuer', []))
  const account = { COSMOS_ENDPOINT: store.endpoint, COSMOS_KEY: store.key }
  const auth = { AUTH_AUTHORITY: issuer.authority, AUTH_AUDIENCE: issuer.audience }
  const bare = await keep(startChild<Url>('bareServer', [], account))
  const folders = { template: await writeTemplate(), ours: 'dist' }
  const startAnother = (who: 'template' | 'ours') =>
    startChild<Url>('hostServer', [folders[who]], { ...account, ...auth, MAX_IN_FLIGHT: '1000' })
  const template = await keep(startAnother('template'))
  const ours = await keep(startAnother('ours'))
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()))
  }
  return { bare: bare.url, template: template.url, ours: ours.url, issuer, startAnother, stop }
}

/** One kind of request and what each contestant did with it, round by round. */
export interface Measured {
  readonly name: string
  readonly rounds: readonly Readonly<Partial<Record<'bare' | 'template' | 'ours', Load>>>[]
}

type Targets = Readonly<Partial<Record<'bare' | 'template' | 'ours', Target>>>

const measure = async (name: string, targets: Targets): Promise<Measured> => {
  const rounds: Partial<Record<keyof Targets, Load>>[] = []
  const contestants = Object.entries(targets) as [keyof Targets, Target][] // the keys are those of the type
  for (let round = 0; round <= ROUNDS; round += 1) {
    const loads: Partial<Record<keyof Targets, Load>> = {}
    // Each round begins with another contestant, so that none always has the quiet moment.
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const entry = contestants[(turn + round) % contestants.length]
      if (entry !== undefined) loads[entry[0]] = await load(entry[1], SECONDS)
    }
    if (round > 0) rounds.push(loads)
  }
  return { name, rounds }
}

const createTargets = (
  { bare, template, ours }: Pick<Contestants, 'bare' | 'template' | 'ours'>,
  { name, path, body }: Example,
  token: string,
): Targets => {
  const container = CONTAINERS[name] ?? ''
  const plain = { ...body, partnerTenantId: PARTNER_TENANT }
  return {
    bare: { method: 'POST', url: `${bare}/${container}`, body: plain },
    template: { method: 'POST', url: `${template}/${container}`, body: plain },
    ours: { method: 'POST', url: `${ours}${path}`, headers: { authorization: `Bearer ${token}` }, body },
  }
}

const SMALL = 'managedTenantOperations'

// Reading is measured where nothing else was written: a partner of its own, whose 200 entities ours has created.
const seed = async ({ ours }: Contestants, token: string, tenant: string): Promise<string> => {
  const example = readExamples(tenant).find(({ name }) => name === 'managedTenantOperationsCreate')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  let id = ''
  for (let count = 0; count < 200; count += 1) {
    const response = await fetch(`${ours}/beta/${SMALL}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(example?.body),
    })
    id = ((await response.json()) as { id: string }).id // a 201 has an id
  }
  return id
}

const readTargets = async (contestants: Contestants): Promise<Readonly<Record<string, Targets>>> => {
  const tenant = '2f6b8c04-95de-4a17-b3c2-7d81e90a456f'
  const token = mintToken({ tenant })
  const id = await seed(contestants, token, tenant)
  const { bare, ours } = contestants
  const headers = { authorization: `Bearer ${token}` }
  const pair = (bareUrl: string, oursUrl: string): Targets => ({
    bare: { method: 'GET', url: bare + bareUrl },
    ours: { method: 'GET', url: ours + oursUrl, headers },
  })
  return {
    'GET item': pair(`/${SMALL}/${tenant}/${id}`, `/beta/${SMALL}/${id}`),
    'GET page of 100': pair(`/${SMALL}/${tenant}`, `/beta/${SMALL}`),
    'GET page of 100, eq': pair(
      `/${SMALL}/${tenant}?user=${USER}`,
      `/beta/${SMALL}?$filter=partnerUserId%20eq%20${USER}`,
    ),
  }
}

/** Measures reads; to be called before the store is large. */
export const measureReads = async (contestants: Contestants): Promise<Measured[]> => {
  const reads: Measured[] = []
  for (const [name, targets] of Object.entries(await readTargets(contestants))) reads.push(await measure(name, targets))
  return reads
}

/** Measures creates of every kind. */
export const measureCreates = async (contestants: Contestants): Promise<Measured[]> => {
  const token = mintToken()
  const creates: Measured[] = []
  for (const example of readExamples().filter(({ name }) => name in CONTAINERS)) {
    creates.push(await measure(example.name, createTargets(contestants, example, token)))
  }
  return creates
}

const FIRSTS = 6

const timeOf = async (target: Target | undefined): Promise<number> => {
  const { url = '', headers, body } = target ?? {}
  const start = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  if (response.status !== 201) throw new Error(`${url} answered ${response.status}`)
  return performance.now() - start
}

/** Milliseconds of the first create that a process answers, sent when it says that it is ready. */
export const measureFirst = async (
  contestants: Contestants,
): Promise<Readonly<Record<'template' | 'ours', Spread>>> => {
  const example = readExamples().find(({ name }) => name === 'managedTenantOperationHttpRequestsCreate')
  if (example === undefined) throw new Error('there is no example')
  const token = mintToken()
  const times: Record<'template' | 'ours', number[]> = { template: [], ours: [] }
  for (let round = 0; round <= FIRSTS; round += 1) {
    for (const who of ['template', 'ours'] as const) {
      const { ready, stop } = await contestants.startAnother(who)
      const time = await timeOf(createTargets({ ...contestants, [who]: ready.url }, example, token)[who])
      await stop()
      // The first of all pays for this process, too.
      if (round > 0) times[who].push(time)
    }
  }
  return { template: spread(times.template), ours: spread(times.ours) }
}
