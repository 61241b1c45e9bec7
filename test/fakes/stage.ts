import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Ledger, startLedger, TENANT } from '../harness'
import { type Gateway, type Partition, startGateway } from './gateway'

export const RESULTS = '/beta/managedTenantOperationResults'

/** Ids in the order of their numbers. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A result as the store has it, one for each number. */
export const result = (number: number, second = number, more = {}) => ({
  id: idOf(number),
  partnerTenantId: TENANT,
  partnerUserId: TENANT,
  targetTenantId: TENANT,
  requestId: TENANT,
  managedTenantOperationId: 'operation',
  isSuccess: true,
  createdDateTime: `2026-11-23T10:${String(second % 60).padStart(2, '0')}:00.0000000Z`,
  lastModifiedDateTime: '2026-11-23T10:55:47.1230000Z',
  exception: null,
  executionInfo: null,
  result: [],
  _rid: `rid${number}`,
  _etag: '"etag"',
  ...more,
})

/** Physical partitions. Effective partition keys 1A…1AFF are the caller's; two or more physical partitions share them. */
export const split = (parts: readonly (readonly object[])[]): Partition[] =>
  parts.map((documents, index) => ({
    id: String(index),
    min: index === 0 ? '' : `1A${index}0`,
    max: index === parts.length - 1 ? 'FF' : `1A${index + 1}0`,
    documents: documents.map((document) => ({ ...document })),
  }))

export const even = [0, 2, 4, 6, 8].map((number) => result(number))
export const odd = [1, 3, 5, 7, 9].map((number) => result(number))

/** The service before a scripted account. */
export interface Stage {
  readonly ledger: Ledger
  readonly gateway: Gateway
  readonly call: (path: string, settings?: Record<string, string>) => Promise<Answered>
  /** What the account was asked for. */
  readonly kinds: () => string
}

type Answered = Awaited<ReturnType<Ledger['call']>> & { readonly ids: string[] | undefined }

/** Sets the stage for the tests of a file. */
export const setStage = (): Stage => {
  let ledger: Ledger
  let gateway: Gateway
  beforeAll(async () => {
    ;[ledger, gateway] = await Promise.all([startLedger(), startGateway()])
  })
  afterAll(() => Promise.all([gateway.close(), ledger.close()]))
  afterEach(() => {
    Object.assign(gateway, {
      ...{ pageSize: 1000, countParts: 1, gaps: false },
      ...{ refuse: () => undefined, replan: (plan: object) => plan },
    })
  })
  return {
    get ledger() {
      return ledger
    },
    get gateway() {
      return gateway
    },
    call: async (path, settings = {}) => {
      gateway.asked.length = 0
      const services = ledger.with({ COSMOS_ENDPOINT: gateway.endpoint, ...settings })
      const reply = await ledger.call({ path, services })
      // The answer to a list; on a failure there is no value.
      const value = reply.json.value as { id: string }[] | undefined
      return { ...reply, ids: value?.map(({ id }) => id) }
    },
    kinds: () => gateway.asked.map(({ kind, range = '' }) => kind + range).join(' '),
  }
}
