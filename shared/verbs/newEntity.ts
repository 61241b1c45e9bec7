import type { JsonObject } from '../basics/isObject'
import type { Stored } from '../cosmos/attempts'
import { usedWithAnotherBody } from '../headers/repeatability'
import { checkDocumentSize } from '../payload/documentSize'
import { checkStored } from '../payload/fromStore'
import { newDocument } from '../payload/newDocument'
import { parseCreate } from '../payload/parse'
import { deriveId, fingerprint } from '../payload/repeatable'
import { checkTenant } from '../payload/tenant'
import type { Resource } from '../schemas/resource'
import { PAYLOAD, TENANT, WRITE_ID } from '../schemas/storeNames'
import { identitySetOf } from './entity'
import type { Body, RequestContext } from './verb'

/**
 * The document of a new entity, whose properties are checked first. `key`: what makes the create repeatable, together
 * with who asks and where; undefined where it is not to be. Throws what is wrong with the body.
 */
export function newEntity(context: RequestContext, body: Body, key: readonly string[] | undefined): JsonObject {
  const { resource, preferences, caller, parents, now, requestId } = context
  const properties = parseCreate(resource, body.value, preferences.includeUnknownEnumMembers)
  checkTenant(resource, properties, caller.tenantId)
  const id = key === undefined ? context.newId() : repeatableId(context, key)
  const own: Record<string, unknown> = { id, [TENANT]: caller.tenantId, [WRITE_ID]: requestId }
  if (key !== undefined) own[PAYLOAD] = fingerprint(properties)
  const document = newDocument(
    resource,
    properties,
    { id, now, by: identitySetOf(caller) },
    Object.assign(own, parents),
  )
  checkDocumentSize(document, body.bytes)
  return document
}

/** What an earlier request of this client stored under the same id, as it is now; throws where that was another body. */
export function existingEntity(resource: Resource, stored: Stored, document: JsonObject): JsonObject {
  if (stored.document[PAYLOAD] === document[PAYLOAD]) return checkStored(resource, stored.document)
  throw usedWithAnotherBody()
}

function repeatableId({ resource, caller, parents }: RequestContext, key: readonly string[]): string {
  return deriveId([caller.tenantId, caller.application.id, resource.container, ...Object.values(parents), ...key])
}
