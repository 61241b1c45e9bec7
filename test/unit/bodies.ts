import { ApiError, type Detail } from '../../shared/errors'
import { parseCreate } from '../../shared/schemas/parse'
import type { Members } from '../../shared/schemas/problems'
import type { Resource } from '../../shared/schemas/resource'

const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'

const ids = { partnerTenantId: GUID, partnerUserId: GUID, requestId: GUID }
const child = { ...ids, targetTenantId: GUID, managedTenantOperationId: 'operation' }

/** The least body that each resource takes. */
export const least = {
  managedTenantOperation: { ...ids, name: 'n', target: {}, operationDefinition: {} },
  managedTenantOperationResult: { ...child, isSuccess: true },
  managedTenantOperationHttpRequest: { ...child, attempt: 0, request: {} },
  delegatedAdminRelationshipRequest: { action: 'approve' },
  managedAppOperation: { displayName: 'd', state: 's', version: 'v' },
} as const

/** The least body of a resource, by the resource itself. */
export const leastOf = ({ name }: Resource): Members => least[name as keyof typeof least] // each resource is there

/** What is wrong with a body, as `code target`; nothing where it is taken. */
export const problems = (resource: Resource, body: unknown, showHidden = false): string[] => {
  try {
    parseCreate(resource, body, showHidden)
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const details: readonly Detail[] = error.details ?? []
    return details.length === 0 ? [error.failure] : details.map(({ code, target }) => `${code} ${target}`)
  }
}
