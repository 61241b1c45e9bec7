import { unknownResource } from '../errors'
import { collectionUrl } from '../odata/urls'
import type { Navigation, Resource } from '../schemas/resource'
import { entityId } from './entity'
import type { RequestContext } from './verb'

/** A navigation property and the resource that has it. */
export interface Through extends Navigation {
  readonly source: Resource
  readonly name: string
}

/**
 * Narrows a request to the entities that refer to the one in its path: its store shows no others, and its links keep the
 * path. Throws `unknownResource` where the entity in the path is not the caller's.
 */
export async function navigate<Input>(
  context: RequestContext<Input>,
  { source, name, property }: Through,
): Promise<RequestContext<Input>> {
  const id = entityId(context)
  const stored = await context.store.read(source, id)
  if (stored === undefined) throw unknownResource()
  const url = `${collectionUrl(context.root, source, {})}/${id}/${name}`
  return { ...context, store: context.store.below({ [property]: id }), collectionUrl: url }
}
