import { PARTNER_TENANT } from '../../local/mintToken'
import { fromStore } from '../../shared/payload/fromStore'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { findProperty, isIdentifier } from '../../shared/schemas/property'
import type { Resource } from '../../shared/schemas/resource'
import { resources } from '../../shared/schemas/resources'
import { isInternal, TENANT } from '../../shared/schemas/storeNames'
import { OTHER_TENANT } from './fuzzing'

// Whether a member is declared, internal, or has a name that every client can read and that is no other spelling.
const isReadable = (resource: Resource, name: string): boolean =>
  resource.properties.has(name) ||
  isInternal(name) ||
  name === TENANT ||
  Object.hasOwn(resource.parents, name) ||
  (isIdentifier(name) && findProperty(resource, name) === undefined)

const isWellFormed = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isWellFormed(member))
}

/** What is wrong with these documents of a container; nothing, if all could be created today. */
export const misfits = (container: string, documents: readonly Readonly<Record<string, unknown>>[]): string[] => {
  const resource = resources.find((candidate) => candidate.container === container)
  if (resource === undefined) throw new Error(`no resource lives in ${container}`)
  return documents.flatMap((document) => {
    const { id, partnerTenantId } = document
    try {
      fromStore(resource, document)
    } catch (error) {
      return [`${String(id)}: ${String(error)}`]
    }
    const parents = Object.entries(resource.parents).filter(
      ([name, { pattern }]) => !pattern.test(String(document[name])),
    )
    if (parents.length > 0) return [`${String(id)}: ${parents.join()}`]
    if (partnerTenantId !== PARTNER_TENANT && partnerTenantId !== OTHER_TENANT)
      return [`${String(id)}: ${String(partnerTenantId)}`]
    if (!Object.keys(document).every((name) => isReadable(resource, name))) return [`${String(id)}: a name`]
    if (!isWellFormed(document)) return [`${String(id)}: half of a surrogate pair`]
    return container === managedTenantOperation.container && /dapAccessToken/i.test(JSON.stringify(document))
      ? [`${String(id)}: a secret`]
      : []
  })
}
