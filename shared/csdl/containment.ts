import type { Resource } from '../schemas/resource'

/** One step on the way to a collection: a set or a singleton of the container, or a navigation property that contains. */
export interface Segment {
  readonly name: string
  /** Name of its type: the name in the singular. */
  readonly type: string
  /** A key follows it, or it is the last. */
  readonly isCollection: boolean
  readonly isLast: boolean
}

/** Whether a collection is found below something else. */
export function isContained({ route }: Resource): boolean {
  return route.includes('/')
}

/** The way to a collection, from the container on. */
export function navigationOf({ route }: Resource): readonly Segment[] {
  const parts = route.split('/')
  return parts.flatMap((name, index) => {
    if (name.startsWith('{')) return []
    const isLast = index === parts.length - 1
    const isCollection = isLast || parts[index + 1]?.startsWith('{') === true
    return [{ name, type: name.replace(/s$/, ''), isCollection, isLast }]
  })
}
