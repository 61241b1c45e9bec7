import type { Ledger } from '../harness'

interface Result {
  readonly id: string
  readonly targetTenantId: string
  readonly createdDateTime: string
  readonly isSuccess: boolean
  readonly exception: string | null
}

interface Target {
  readonly allTenants?: boolean | null
  readonly tenantIds?: readonly string[]
}

/** The summary of an operation, worked out from its list of results, which must fit into a page. */
export const summaryOf = async (ledger: Ledger, id: string): Promise<Record<string, unknown>> => {
  const path = `/beta/managedTenantOperations/${id}`
  const { allTenants, tenantIds = [] } = (await ledger.call({ path })).json.target as Target
  const results = (await ledger.call({ path: `${path}/results?$top=999` })).json.value as Result[]
  const key = ({ createdDateTime, id }: Result): string => `${createdDateTime} ${id}`
  const oldestFirst = results.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  const newest = [...new Map(oldestFirst.map((result) => [result.targetTenantId, result])).values()]
  const failed = newest.filter(({ isSuccess }) => !isSuccess).toSorted((a, b) => (key(a) < key(b) ? 1 : -1))
  const targets = allTenants === true || tenantIds.length === 0 ? undefined : [...new Set(tenantIds)]
  const missing = targets?.filter((tenant) => !newest.some(({ targetTenantId }) => targetTenantId === tenant))
  return {
    targetCount: targets?.length ?? null,
    tenantCount: newest.length,
    succeededCount: newest.length - failed.length,
    failedCount: failed.length,
    missingCount: missing?.length ?? null,
    firstResultDateTime: oldestFirst.at(0)?.createdDateTime ?? null,
    lastResultDateTime: oldestFirst.at(-1)?.createdDateTime ?? null,
    isComplete: missing === undefined ? null : missing.length === 0,
    isPartial: false,
    failures: failed.map(({ targetTenantId, exception }) => ({ tenantId: targetTenantId, exception })),
    missingTenantIds: missing ?? [],
  }
}
