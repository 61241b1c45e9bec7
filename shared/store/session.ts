import type { JsonObject } from '../basics/isObject'
import type { Attempts, Key, Stored } from '../cosmos/attempts'
import { TENANT, WRITE_ID } from '../schemas/storeNames'
import type { Budget } from './retry'

/** Whose documents a store session may see: those of a tenant that have these values. */
export interface Scope {
  readonly tenantId: string
  /** Parents, or the entity that the documents refer to. */
  readonly parents: Readonly<Record<string, string>>
}

/** What the calls of one request to the store have in common. */
export interface Session {
  readonly attempts: Attempts
  readonly budget: Budget
  readonly scope: Scope
}

/** A document that is now in the store. `isNew` is false where its id was taken: then it is the existing document. */
export interface Created {
  readonly stored: Stored
  readonly isNew: boolean
}

/** The key of a document of the session's tenant. */
export function keyOf({ scope }: Session, id: string): Key {
  return { tenantId: scope.tenantId, id }
}

/** The names of the properties that say whether a document is in scope. */
export function scopeNames({ parents }: Scope): string[] {
  return [TENANT, ...Object.keys(parents)]
}

/** Whether a document is in scope. Here, and in `own`, is the one place where that is checked. */
export function isInScope({ document }: Pick<Stored, 'document'>, { tenantId, parents }: Scope): boolean {
  return document[TENANT] === tenantId && Object.entries(parents).every(([name, value]) => document[name] === value)
}

/**
 * The document, or some of it; throws where the question alone rules out a foreign one, and so the store that answers it
 * is broken.
 */
export function own<T extends Pick<Stored, 'document'>>(stored: T, scope: Scope): T {
  if (isInScope(stored, scope)) return stored
  throw new Error('the store returned a document that was not asked for')
}

/** Whether a document in the store is the one that this request wrote. */
export function isWriteOf({ document }: Stored, written: JsonObject): boolean {
  return document[WRITE_ID] === written[WRITE_ID]
}
