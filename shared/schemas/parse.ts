import type * as z from 'zod'
import { ApiError } from '../errors'
import { type Model, modelOf } from './model'
import { invalidPayload, type Members, once, refuseHidden, toDetails } from './problems'
import type { Resource } from './resource'
import { screen } from './screen'

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withoutComputed = (body: Members, { computed }: Model): Members => {
  if (!computed.some(({ name }) => Object.hasOwn(body, name))) return body
  return Object.fromEntries(Object.entries(body).filter(([given]) => !computed.some(({ name }) => name === given)))
}

const parse = (model: Model, schema: z.ZodObject, body: unknown, showHidden: boolean): Members => {
  if (!isObject(body)) {
    throw new ApiError('invalidPayload', 'The request body must be a JSON object.')
  }
  const given = withoutComputed(body, model)
  const screened = screen(given, model)
  const parsed = schema.safeParse(given)
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toDetails(issue, given, model))
  const hidden = model.enums.flatMap((property) => refuseHidden(property, given[property.name], showHidden))
  const [first, ...rest] = once([...screened, ...issues, ...hidden])
  if (first !== undefined) throw invalidPayload([first, ...rest])
  return parsed.data ?? {}
}

/**
 * The properties of a new entity, complete but for the computed ones. A wrong body throws `invalidPayload` with every
 * problem, or `payloadTooDeep`. `showHidden`: the client knows the hidden members of evolvable enumerations.
 */
export const parseCreate = (resource: Resource, body: unknown, showHidden: boolean): Members => {
  const model = modelOf(resource)
  return parse(model, model.create, body, showHidden)
}

/** The properties that a PATCH brings; what it did not name is absent. Throws as `parseCreate` does. */
export const parsePatch = (resource: Resource, body: unknown, showHidden: boolean): Members => {
  const model = modelOf(resource)
  return parse(model, model.patch, body, showHidden)
}
