import type { FilterTarget } from '../schemas/filterTargets'
import { invalidFilter } from './filterTokens'

/** A value to compare with, in the form that documents store. */
export type Literal = string | number | boolean | null

/** How a property is compared. `eq` holds when the value is one of the list, `any` when an element is. */
export type Operator = 'eq' | 'any' | 'gt' | 'ge' | 'lt' | 'le' | 'startswith' | 'endswith' | 'contains'

/** One comparison. A negated one is true exactly where the plain one is not, so also where the value is null. */
export interface Term {
  readonly kind: 'term'
  readonly target: FilterTarget
  /** The function around the property, where there is one. */
  readonly casing?: 'tolower' | 'toupper' | undefined
  readonly operator: Operator
  readonly values: readonly Literal[]
  readonly negated: boolean
}

/** A filter in negation normal form: `not` is pushed down to the terms, and equal connectives are merged. */
export type Filter = Term | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }

/** The most terms and list values in a filter, and the most levels of `and` and `or`. */
export const MAX_VALUES = 100
export const MAX_DEPTH = 3

/** Joins filters; one part stands for itself, and parts of the same kind are merged. */
export function join(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const merged = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [only] = merged
  return merged.length === 1 && only !== undefined ? only : { kind, parts: merged }
}

/** Throws `invalidQueryOption` for a filter with too many values, or with `and` and `or` nested too deep. */
export function checkBounds(filter: Filter): void {
  if (valuesOf(filter) > MAX_VALUES) {
    throw invalidFilter(`$filter must not have more than ${MAX_VALUES} terms and list values.`)
  }
  if (depthOf(filter) > MAX_DEPTH) {
    throw invalidFilter(`$filter must not have 'and' and 'or' nested more than ${MAX_DEPTH} levels deep.`)
  }
}

function depthOf(filter: Filter): number {
  return filter.kind === 'term' ? 0 : 1 + Math.max(...filter.parts.map(depthOf))
}

function valuesOf(filter: Filter): number {
  return filter.kind === 'term' ? filter.values.length : filter.parts.reduce((sum, part) => sum + valuesOf(part), 0)
}
