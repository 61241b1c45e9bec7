import * as z from 'zod'
import type { Resource } from './resource'
import { type EdmType, edmTypes, type PropertyRule, rules } from './rules'
import { odataType } from './types'

/** One property of a resource or of a complex type, as the code that is written once for all resources needs it. */
export interface Property {
  readonly name: string
  readonly type: EdmType
  readonly collection: boolean
  readonly required: boolean
  readonly nullable: boolean
  readonly rule: PropertyRule
  /** The schema without its default: what a PATCH may bring. */
  readonly given: z.ZodType
  /** What stands where nothing was given; undefined where the schema has no default. */
  readonly initial: unknown
  /** The structure of the value, or of each element, where the type is complex. */
  readonly structure: Structure | undefined
}

/** A resource or a complex type: its properties in printed order. */
export interface Structure {
  readonly open: boolean
  readonly properties: ReadonlyMap<string, Property>
}

/** What is derived from a resource's declaration, once. */
export interface Model extends Structure {
  /** Names that no property may bear but the write-only member itself. */
  readonly writeOnly: ReadonlySet<string>
  /** The properties that the service sets. */
  readonly computed: readonly Property[]
  /** The property that must be the tenant of the caller. */
  readonly tenant: Property | undefined
  /** The properties, computed ones aside, that are enumerations. */
  readonly enums: readonly Property[]
  /** What a create may bring, computed properties aside; parsing completes it with defaults. */
  readonly create: z.ZodObject
  /** What a PATCH may bring. */
  readonly patch: z.ZodObject
}

const isOpen = (schema: z.ZodObject): boolean => {
  const { catchall } = schema.def
  return catchall !== undefined && catchall._zod.def.type !== 'never'
}

/** The schema inside wrappers, with what the wrappers said. */
const unwrap = (schema: z.ZodType) => {
  let inner: z.core.$ZodType = schema
  let nullable = false
  let required = true
  for (;;) {
    if (inner instanceof z.ZodNullable) nullable = true
    else if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) required = false
    else return { inner, nullable, required }
    inner = inner.unwrap()
  }
}

const property = (name: string, schema: z.ZodType): Property => {
  const { inner, nullable, required } = unwrap(schema)
  const collection = inner instanceof z.ZodArray
  const element = collection ? inner.element : inner
  const type = edmTypes.get(element)
  if (type === undefined) throw new Error(`property ${name} has no EDM type: make its schema with types.ts`)
  return {
    name,
    type,
    collection,
    required,
    nullable,
    rule: rules.get(schema) ?? {},
    // `.default()` is always the outermost wrapper: a PATCH must not fill in what was not sent.
    given: schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) /* the class types it as core */ : schema,
    initial: schema instanceof z.ZodDefault ? schema.parse(undefined) : undefined,
    structure: element instanceof z.ZodObject ? structure(element) : undefined,
  }
}

const structure = (schema: z.ZodObject): Structure => {
  const entries = Object.entries(schema.shape).filter(([name]) => name !== '@odata.type')
  return {
    open: isOpen(schema),
    // ZodObject declares its shape in terms of the core types; the factories of types.ts make none but ZodType.
    properties: new Map(entries.map(([name, member]) => [name, property(name, member as z.ZodType)])),
  }
}

const writeOnlyNames = (of: Structure): string[] =>
  [...of.properties.values()].flatMap(({ type, structure: inner }) => [
    ...(type.kind === 'complex' ? type.writeOnly : []),
    ...(inner === undefined ? [] : writeOnlyNames(inner)),
  ])

const build = (resource: Resource): Model => {
  const entity = structure(resource.schema)
  const all = [...entity.properties.values()]
  const input = all.filter(({ rule }) => rule.computed !== true)
  const annotated = { '@odata.type': odataType(resource.name) }
  const options = { error: 'a JSON object' }
  const object = entity.open ? z.looseObject : z.strictObject
  const create = input.map(({ name }) => [name, resource.schema.shape[name]])
  const patch = input.map(({ name, given }) => [name, given.optional()])
  return {
    ...entity,
    computed: all.filter(({ rule }) => rule.computed === true),
    tenant: all.find(({ rule }) => rule.tenant === true),
    enums: input.filter(({ type }) => type.kind === 'enum'),
    writeOnly: new Set(writeOnlyNames(entity)),
    create: object({ ...annotated, ...Object.fromEntries(create) }, options),
    patch: object({ ...annotated, ...Object.fromEntries(patch) }, options),
  }
}

const models = new WeakMap<Resource, Model>()

/** The model of a resource, built on first use. */
export const modelOf = (resource: Resource): Model => {
  const known = models.get(resource)
  if (known !== undefined) return known
  const model = build(resource)
  models.set(resource, model)
  return model
}
