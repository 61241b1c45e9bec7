import { isObject, type JsonObject } from '../basics/isObject'

/** The most characters of an exception in a summary. */
export const MAX_EXCEPTION = 1024

// The most failures, and the most missing tenants, in a summary.
const MAX_LISTED = 1000

interface Failure {
  readonly tenantId: string
  readonly exception: string | null
}

/** The results of an operation that were read so far, added up. */
export interface Tally {
  /** Tenants that have a result. */
  readonly tenants: Set<string>
  readonly failures: Failure[]
  failed: number
  first: string | null
  last: string | null
}

/** An empty tally. */
export function newTally(): Tally {
  return { tenants: new Set(), failures: [], failed: 0, first: null, last: null }
}

/** Adds a result. Call it with the newest first: of several results of one tenant the newest counts. */
export function addResult(tally: Tally, result: JsonObject): void {
  const created = String(result.createdDateTime)
  tally.last ??= created
  tally.first = created
  const tenantId = String(result.targetTenantId)
  if (tally.tenants.has(tenantId)) return
  tally.tenants.add(tenantId)
  if (result.isSuccess === true) return
  tally.failed += 1
  if (tally.failures.length < MAX_LISTED) tally.failures.push({ tenantId, exception: toException(result.exception) })
}

/** The summary as it is answered. `target` is that of the operation; `isPartial`: the oldest results were not read. */
export function toSummary(tally: Tally, target: unknown, isPartial: boolean): JsonObject {
  const { tenants, failures, failed, first, last } = tally
  const targeted = targetedTenants(target)
  const missing = [...(targeted ?? [])].filter((tenantId) => !tenants.has(tenantId))
  const missingCount = targeted === undefined || isPartial ? null : missing.length
  return {
    targetCount: targeted?.size ?? null,
    tenantCount: tenants.size,
    succeededCount: tenants.size - failed,
    failedCount: failed,
    missingCount,
    firstResultDateTime: first,
    lastResultDateTime: last,
    isComplete: missingCount === null ? null : missingCount === 0,
    isPartial,
    failures,
    // A tenant may have a result that was not read.
    missingTenantIds: isPartial ? null : missing.slice(0, MAX_LISTED),
  }
}

// The tenants that an operation names; undefined where it targets all of them, or names none.
function targetedTenants(target: unknown): ReadonlySet<string> | undefined {
  if (!isObject(target) || target.allTenants === true || !Array.isArray(target.tenantIds)) return undefined
  return target.tenantIds.length === 0 ? undefined : new Set(target.tenantIds.map(String))
}

// Half of a surrogate pair at the end is invalid to many clients, and is cut off.
function toException(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.slice(0, MAX_EXCEPTION)
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}
