import { settingNames } from '../shared/config'
import { type Example, readExamples } from './examples'
import { mintToken } from './mintToken'
import { findDocument } from './provision'
import { type Served, serve } from './serve'

// npm run demo: posts the documented examples to the app on free ports and shows what was stored.

// How every secret in the examples begins.
const SECRET = 'an-example-token'

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const expectThat = (holds: boolean, message: string): void => {
  if (!holds) throw new Error(message)
}

const parse = (text: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new Error(`Expected an object and got ${text}`)
  return { ...value }
}

const send = async ({ url }: Served, { method, path, headers, body }: Example) => {
  print(`\n${method} ${path}`)
  if (body !== undefined) print(JSON.stringify(body, null, 2))
  const response = await fetch(new URL(path, url), {
    method,
    headers: { ...headers, Authorization: `Bearer ${mintToken()}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  print(`\n${response.status} ${response.statusText}`)
  return { response, text: await response.text() }
}

// The ids of created entities by collection path.
const created = new Map<string, string>()

const create = async (served: Served, example: Example): Promise<void> => {
  const { response, text } = await send(served, example)
  const location = response.headers.get('location')
  print(`Location: ${location}\nETag: ${response.headers.get('etag')}`)
  expectThat(response.status === 201, `Expected 201 and got ${response.status}: ${text}`)
  const id = String(parse(text).id)
  const place = `${served.url}${example.path}/${id}`
  expectThat(location === place, `Expected the Location ${place} and got ${location}`)
  created.set(example.path, id)
  const { COSMOS_ENDPOINT: endpoint = '', COSMOS_KEY: key = '', COSMOS_DATABASE: database = '' } = served.settings
  const { container, document } = await findDocument({ endpoint, key }, database, id)
  print(`\nstored in ${container}:\n${JSON.stringify(document, null, 2)}`)
  expectThat(!JSON.stringify([document, text]).includes(SECRET), `A secret of ${example.name} was stored or answered`)
}

const use = async (served: Served, example: Example): Promise<void> => {
  const path = example.path.replace(/^(.*)\/\{id\}/, (_, set: string) => `${set}/${created.get(set)}`)
  const { response, text } = await send(served, { ...example, path })
  expectThat(response.ok, `Expected success and got ${response.status}: ${text}`)
  if (text === '') return
  const answer: unknown = JSON.parse(text)
  print(JSON.stringify(answer, null, 2))
  expectThat(!/"(?:status|responseCode)": ?[45]\d\d/.test(text), `Expected each part to succeed and got ${text}`)
  const next = typeof answer === 'object' && answer !== null && '@odata.nextLink' in answer && answer['@odata.nextLink']
  // The link is absolute, and so replaces the whole address.
  if (typeof next === 'string') await use(served, { ...example, path: next.replace(served.url, '') })
}

const turn = ({ method }: Example): number => ['POST', 'GET', 'PATCH', 'DELETE'].indexOf(method)

// Ignores this machine's settings: the demo uses the embedded database and the local issuer.
for (const name of settingNames) delete process.env[name]
Object.assign(process.env, { PORT: '0', LOG_LEVEL: 'warning' })
const served = await serve()
const examples = readExamples().sort((a, b) => turn(a) - turn(b))
const creates = examples.filter(({ name }) => name.endsWith('Create'))
// A second result that failed, so that the list has a second page.
const again = creates.filter(({ body }) => body?.isSuccess === false)
for (const example of [...creates, ...again]) await create(served, example)
for (const example of examples.filter((one) => !creates.includes(one))) await use(served, example)
await served.close()
print('\nAll examples were answered as expected.')
