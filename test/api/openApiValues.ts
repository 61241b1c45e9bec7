import { allowsNull, type OpenApi, resolve, type Schema } from './openApiDocument'

/** A value for a property of a body, found at `path`, and whether the document allows it. */
export interface Trial {
  readonly path: readonly string[]
  readonly value: unknown
  readonly isGood: boolean
}

const GUID = '6d2f8a41-93b7-4c05-a8e6-2b71d94f0c53'

/** Values on both sides of every bound that the document sets to the properties of a schema. */
export function trialsOf(document: OpenApi, schema: Schema, path: readonly string[] = []): Trial[] {
  const properties = Object.entries(resolve(document, schema).properties ?? {})
  const trials = properties.filter(([name, { readOnly }]) => readOnly !== true && !name.startsWith('@'))
  const additional = {
    path: [...path, 'aNameOfMyOwn'],
    value: 'x',
    isGood: resolve(document, schema).additionalProperties === true,
  }
  return [...trials.flatMap(([name, property]) => ofProperty(document, property, [...path, name])), additional]
}

function ofProperty(document: OpenApi, property: Schema, path: readonly string[]): Trial[] {
  const target = resolve(document, property)
  const good = (value: unknown): Trial => ({ path, value, isGood: true })
  const bad = (value: unknown): Trial => ({ path, value, isGood: false })
  if (target.type === 'array') {
    const element = resolve(document, target.items ?? {})
    const first = samples(element)[0]?.[0]
    return [
      good([]),
      bad(Array.from({ length: (target.maxItems ?? 0) + 1 }, () => first)),
      bad({}),
      bad('x'),
      bad([null]),
      ...samples(element).map(([value, isGood]) => ({ path, value: [value], isGood })),
    ]
  }
  const whole = [
    allowsNull(property) ? good(null) : bad(null),
    ...samples(target).map(([value, isGood]) => ({ path, value, isGood })),
  ]
  return target.properties === undefined ? whole : [...whole, ...trialsOf(document, target, path)]
}

// A value of each kind, and whether a schema allows it.
function samples(schema: Schema): [unknown, boolean][] {
  const { format, minLength, maxLength, minimum, maximum } = schema
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type
  if (type === 'object')
    return [
      [{}, true],
      ['x', false],
      [[], false],
    ]
  if (type === 'boolean')
    return [
      [true, true],
      ['true', false],
      [1, false],
    ]
  if (type === 'integer') {
    const [low = 0, high = 0] = [minimum, maximum]
    return [
      [low, true],
      [high, true],
      [low - 1, false],
      [high + 1, false],
      [1.5, false],
      ['1', false],
    ]
  }
  if (schema.enum !== undefined)
    return [
      ...schema.enum.map((name): [string, boolean] => [name, isPlain(schema, name)]),
      ['none of them', false],
      [1, false],
    ]
  if (format === 'uuid')
    return [
      [GUID, true],
      [GUID.toUpperCase(), true],
      ['x', false],
      [`${GUID}0`, false],
      [1, false],
    ]
  if (format === 'date-time')
    return [
      ['2026-11-23T10:55:47Z', true],
      ['2026-11-23T10:55:47.1234567+05:30', true],
      ['yesterday', false],
      [1, false],
    ]
  return [
    ['x'.repeat(minLength ?? 0), true],
    ...(minLength === undefined ? [] : ([['x'.repeat(minLength - 1), false]] as [unknown, boolean][])),
    ...(maxLength === undefined
      ? []
      : ([
          ['x'.repeat(maxLength), true],
          ['x'.repeat(maxLength + 1), false],
        ] as [unknown, boolean][])),
    [1, false],
    [{}, false],
  ]
}

// The members that the description says need a preference, or are never sent.
function isPlain({ description }: Schema, name: string): boolean {
  return !String(description ?? '').includes(`\`${name}\``)
}

/** A copy of a body with another value in one place; undefined takes it out. */
export function withValue(
  body: unknown,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const members = { ...(typeof body === 'object' ? body : {}) } as Record<string, unknown> // a copy of what JSON made
  members[name] = rest.length === 0 ? value : withValue(members[name], rest, value)
  return members
}
