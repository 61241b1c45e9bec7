import * as z from 'zod'
import type { Ledger } from '../harness'

const Schema = z.looseObject({
  $ref: z.string().optional(),
  anyOf: z.array(z.looseObject({ $ref: z.string().optional(), type: z.string().optional() })).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  readOnly: z.boolean().optional(),
  writeOnly: z.boolean().optional(),
  get additionalProperties() {
    return z.union([z.boolean(), Schema]).optional()
  },
  get items() {
    return Schema.optional()
  },
  get properties() {
    return z.record(z.string(), Schema).optional()
  },
  required: z.array(z.string()).optional(),
})

/** A schema of the document, as far as the tests read it. */
export type Schema = z.infer<typeof Schema>

const Content = z.record(
  z.string(),
  z.looseObject({
    schema: Schema,
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.unknown()).optional(),
  }),
)
const Response = z.looseObject({ headers: z.record(z.string(), z.unknown()), content: Content.optional() })

const Operation = z.looseObject({
  operationId: z.string(),
  requestBody: z.looseObject({ content: Content }).optional(),
  parameters: z.array(z.looseObject({ name: z.string().optional() })),
  responses: z.record(z.string(), Response),
})

const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), Schema) }),
})

/** What the service says of itself, as the tests read it. */
export type OpenApi = z.infer<typeof Document>

/** The document that a running service answers. */
export async function readOpenApi(ledger: Ledger): Promise<OpenApi> {
  const { text } = await ledger.call({ path: '/beta/openapi.json', token: null })
  return Document.parse(JSON.parse(text))
}

/** An operation of the document, under its path and method. */
export interface Described {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly operation: z.infer<typeof Operation>
}

/** Every operation of the document. */
export function operationsOf({ paths }: OpenApi): Described[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...{ id: operation.operationId, method: method.toUpperCase(), path, operation },
    })),
  )
}

/** The schema that a reference leads to, a null beside it aside; a schema without one is itself. */
export function resolve({ components }: OpenApi, schema: Schema): Schema {
  const reference = schema.$ref ?? schema.anyOf?.find(({ $ref }) => $ref !== undefined)?.$ref
  if (reference === undefined) return schema
  const found = components.schemas[reference.replace('#/components/schemas/', '')]
  if (found === undefined) throw new Error(`the document has no ${reference}`)
  return found
}

/** Whether a schema allows null. */
export function allowsNull({ type, anyOf }: Schema): boolean {
  return (Array.isArray(type) && type.includes('null')) || anyOf?.some((one) => one.type === 'null') === true
}
