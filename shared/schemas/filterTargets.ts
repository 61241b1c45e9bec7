import type { EnumType, PrimitiveType, Structure } from './property'

/** A property that `$filter` can name. */
export interface FilterTarget {
  /** From the entity to the property, like `['createdBy', 'user', 'id']`. */
  readonly path: readonly string[]
  readonly type: PrimitiveType | EnumType
  readonly collection: boolean
  /** The value may be null or absent in a document. */
  readonly nullable: boolean
}

/** The properties of a structure that can be filtered, also inside of complex ones, by their paths in lower case. */
export function toFilterTargets(structure: Structure): ReadonlyMap<string, FilterTarget> {
  return new Map(targetsOf(structure, [], false).map((target) => [target.path.join('/').toLowerCase(), target]))
}

function targetsOf({ properties }: Structure, parents: readonly string[], inNullable: boolean): FilterTarget[] {
  return [...properties.values()].flatMap(({ name, type, collection, nullable, filter }) => {
    const path = [...parents, name]
    const isNullable = inNullable || nullable
    if (type.kind === 'complex') return collection ? [] : targetsOf(type, path, isNullable)
    return filter === true ? [{ path, type, collection, nullable: isNullable }] : []
  })
}
