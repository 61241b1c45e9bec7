import { createHash } from 'node:crypto'
import { deriveId } from '../../shared/payload/repeatable'

type Parts = readonly (string | number)[]

/** A number from 0 to below 1 that is the same in every run: it depends on nothing but what it is asked for. */
export function chance(...parts: Parts): number {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE() / 2 ** 32
}

/** A whole number between two, both included. */
export function wholeNumber([from, to]: readonly [number, number], ...parts: Parts): number {
  return from + Math.floor(chance(...parts) * (to - from + 1))
}

/** A GUID that is the same in every run. */
export function seededGuid(...parts: Parts): string {
  return deriveId(['sample', ...parts.map(String)])
}
