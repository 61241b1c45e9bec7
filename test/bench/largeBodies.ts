import { httpRequest, operation, relationshipRequest, type Sample } from '../api/samples'

/** A body of 1.85 MB, and what becomes of it. */
export interface LargeBody {
  readonly name: string
  readonly sample: Sample
  readonly status: 201 | 400
  readonly text: string
}

const BYTES = 1_850_000

const times = (length: number, make: (index: number) => string): string =>
  Array.from({ length }, (_, at) => make(at)).join()

// Members that are put into a good body, and a string that makes up the rest of the bytes.
const large = (name: string, sample: Sample, status: 201 | 400, members: string): LargeBody => {
  // Of a member that is there twice the last counts.
  const body = JSON.stringify(sample.body).replace(/\}$/, () => `,${members}}`)
  const rest = BYTES - body.length - '"rest":"",'.length
  const text = rest > 0 ? body.replace('{', () => `{"rest":"${'x'.repeat(rest)}",`) : body
  return { name, sample, status, text }
}

const PAD = 'y'.repeat(160)
const spelt = (index: number): string =>
  [...'aggregationDefinition'].map((letter, at) => (index & (1 << at) ? letter.toUpperCase() : letter)).join('')

/** Bodies that are taken, and bodies that are refused in every way that could cost much. */
export const largeBodies: readonly LargeBody[] = [
  large('taken: numbers', operation, 201, `"more":[${times(920_000, () => '0')}]`),
  large('taken: objects', operation, 201, `"more":[${times(200_000, () => '{"a":1}')}]`),
  large(
    'taken: 10,000 lambdas',
    operation,
    201,
    `"aggregationDefinition":{"lambdaDefinitions":[${times(10_000, () => `{"type":1,"value":"${PAD}"}`)}]}`,
  ),
  large('taken: 600,000 empty objects', operation, 201, `"more":[${times(600_000, () => '{}')}]`),
  large(
    'taken: 150,000 properties',
    operation,
    201,
    times(150_000, (index) => `"p${index}":1`),
  ),
  large('taken: a string', operation, 201, '"more":1'),
  large('925,000 tenants', operation, 400, `"target":{"tenantIds":[${times(920_000, () => '0')}]}`),
  large('10,000 wrong tenants', operation, 400, `"target":{"tenantIds":[${times(10_000, () => '0')}]}`),
  large(
    '600,000 lambdas',
    operation,
    400,
    `"operationDefinition":{"lambdaDefinitions":[${times(600_000, () => '{}')}]}`,
  ),
  large(
    '10,000 wrong lambdas',
    operation,
    400,
    `"aggregationDefinition":{"lambdaDefinitions":[${times(10_000, () => `{"type":"x","value":"${PAD}"}`)}]}`,
  ),
  large(
    '10,000 wrong headers',
    httpRequest,
    400,
    `"response":{"headers":[${times(10_000, () => `{"name":1,"value":"${PAD}"}`)}]}`,
  ),
  large('reserved names', operation, 400, `"more":[${times(100_000, () => '{"constructor":1}')}]`),
  large(
    'invalid names',
    operation,
    400,
    times(150_000, (index) => `"${index} ":1`),
  ),
  large(
    'unknown properties',
    relationshipRequest,
    400,
    times(150_000, (index) => `"p${index}":1`),
  ),
  large(
    'one property in 60,000 spellings',
    operation,
    400,
    times(60_000, (index) => `"${spelt(index)}":1`),
  ),
  large('halves of surrogate pairs', operation, 400, `"more":[${times(180_000, () => '"\\ud83d"')}]`),
  large('too deep', operation, 400, `"more":${'['.repeat(900_000)}${']'.repeat(900_000)}`),
  { name: 'no JSON, at its end', sample: operation, status: 400, text: `{"more":[${times(920_000, () => '0')}` },
  {
    name: 'no JSON, at the end of a string',
    sample: operation,
    status: 400,
    text: `{"more":"${'\\n'.repeat(920_000)}`,
  },
]
