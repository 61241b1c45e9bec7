import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { Entity } from './entities'
import type { Start } from './findStart'
import { seededGuid } from './seeded'

const Delta = z.object({
  value: z.array(
    z.object({
      '@Core.ContentID': z.string(),
      id: z.string().optional(),
      createdDateTime: z.string().optional(),
      lastModifiedDateTime: z.string().optional(),
      '@Core.DataModificationException': z
        .object({ responseCode: z.number(), info: z.object({ message: z.string() }) })
        .optional(),
    }),
  ),
})
type Answered = z.infer<typeof Delta>['value'][number]

/** An entity that is stored. */
export interface Stored {
  readonly id: string
  readonly entity: Entity
  /** Undefined where the resource has no such property. */
  readonly createdDateTime: string | undefined
  readonly lastModifiedDateTime: string
}

const MAX_ENTITIES = 1000
const MAX_TRIES = 10
const PAUSE_MS = 1000

/** The time that a client of a bulk has to wait for its answer, as README.md says, and twice that on a busy machine. */
const PATIENCE_MS = 60_000

/**
 * Stores entities in a collection by bulks. Their Repeatability-Request-IDs are the same in every run, so that whatever
 * an earlier run has stored is not stored again, and is answered as it is.
 */
export async function sendAll(start: Start, path: string, entities: readonly Entity[]): Promise<readonly Stored[]> {
  const stored: Stored[] = []
  for (let from = 0; from < entities.length; from += MAX_ENTITIES) {
    const part = entities.slice(from, from + MAX_ENTITIES)
    stored.push(...(await sendBulk(start, path, part, seededGuid('bulk', path, from))))
  }
  return stored
}

async function sendBulk(start: Start, path: string, entities: readonly Entity[], bulkId: string) {
  for (let tries = 1; ; tries += 1) {
    const answered = await request(start, path, entities, bulkId)
    const failures = answered.flatMap((one) => one['@Core.DataModificationException'] ?? [])
    if (failures.length === 0) return toStored(entities, answered)
    // Those were not settled in time: sending them again settles them.
    const final = failures.find(({ responseCode }) => responseCode !== 429 && responseCode !== 503)
    if (final !== undefined || tries === MAX_TRIES)
      throw new Error(`${path} refused a part of the sample: ${(final ?? failures[0])?.info.message}`)
    await sleep(PAUSE_MS)
  }
}

async function request({ url, token }: Start, path: string, entities: readonly Entity[], bulkId: string) {
  const value = entities.map(({ contentId, properties }) => ({ '@Core.ContentID': contentId, ...properties }))
  const response = await fetch(url + path, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Prefer: 'continue-on-error',
      'Repeatability-Request-ID': bulkId,
      'Repeatability-First-Sent': new Date().toUTCString(),
    },
    body: JSON.stringify({ value }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
  return Delta.parse(JSON.parse(text)).value
}

function toStored(entities: readonly Entity[], answered: readonly Answered[]): readonly Stored[] {
  const byContentId = new Map(answered.map((one) => [one['@Core.ContentID'], one]))
  return entities.map((entity) => {
    const { id, createdDateTime, lastModifiedDateTime } = byContentId.get(entity.contentId) ?? {}
    if (id === undefined || lastModifiedDateTime === undefined)
      throw new Error(`The answer to a bulk leaves out ${entity.contentId}.`)
    return { id, entity, createdDateTime, lastModifiedDateTime }
  })
}
