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

const post = async ({ url }: Served, { method, path, headers, body }: Example) => {
  print(`\n${method} ${path}\n${JSON.stringify(body, null, 2)}`)
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, Authorization: `Bearer ${mintToken()}` },
    body: JSON.stringify(body),
  })
  const location = response.headers.get('location')
  const text = await response.text()
  print(`\n${response.status} ${response.statusText}\nLocation: ${location}\nETag: ${response.headers.get('etag')}`)
  expectThat(response.status === 201, `Expected 201 and got ${response.status}: ${text}`)
  return { location, answer: parse(text) }
}

const show = async (served: Served, example: Example): Promise<void> => {
  const { location, answer } = await post(served, example)
  const id = String(answer.id)
  const place = `${served.url}${example.path}/${id}`
  expectThat(decodeURIComponent(location ?? '') === place, `Expected the Location ${place} and got ${location}`)
  const { COSMOS_ENDPOINT: endpoint = '', COSMOS_KEY: key = '', COSMOS_DATABASE: database = '' } = served.settings
  const { container, document } = await findDocument({ endpoint, key }, database, id)
  print(`\nstored in ${container}:\n${JSON.stringify(document, null, 2)}`)
  const kept = JSON.stringify([document, answer])
  expectThat(!kept.includes(SECRET), `A secret of ${example.name} was stored or answered`)
}

// Nothing that this machine's environment says: the demo is about the embedded database and the local issuer.
for (const name of settingNames) delete process.env[name]
Object.assign(process.env, { PORT: '0', LOG_LEVEL: 'warning' })
const served = await serve()
for (const example of readExamples().filter(({ method }) => method === 'POST')) await show(served, example)
await served.close()
print('\nAll examples were stored as they should be.')
