import { toDateTimeOffset } from '../../shared/schemas/dateTimeOffset'
import { changeDocuments } from '../provision'
import type { EmbeddedDatabase } from './findStart'
import type { Stored } from './sendBulk'

interface Dates {
  readonly createdDateTime: string
  readonly lastModifiedDateTime: string
}

/**
 * Gives the documents of a container the dates that they have in a month which ends at this instant. No other stored
 * property depends on them: the fingerprint of a repeatable create is that of what was sent.
 */
export async function moveDates(
  database: EmbeddedDatabase,
  container: string,
  stored: readonly Stored[],
  end: Date,
): Promise<void> {
  const wanted = new Map(stored.map((one) => [one.id, datesOf(one, end)] as const))
  if (stored.every((one) => hasDates(one, wanted.get(one.id)))) return
  await changeDocuments(database, [database.name, container], (document) => {
    const dates = wanted.get(String(document.id))
    if (dates === undefined) return undefined
    const { createdDateTime, lastModifiedDateTime } = dates
    return { ...document, ...('createdDateTime' in document && { createdDateTime }), lastModifiedDateTime }
  })
}

function datesOf({ entity }: Stored, end: Date): Dates {
  const dateAt = (age: number): string => toDateTimeOffset(new Date(end.getTime() - Math.round(age)))
  return { createdDateTime: dateAt(entity.createdAge), lastModifiedDateTime: dateAt(entity.modifiedAge) }
}

function hasDates({ createdDateTime, lastModifiedDateTime }: Stored, wanted: Dates | undefined): boolean {
  const isCreated = createdDateTime === undefined || createdDateTime === wanted?.createdDateTime
  return isCreated && lastModifiedDateTime === wanted?.lastModifiedDateTime
}
