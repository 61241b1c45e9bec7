import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { join } from 'node:path'
import { build } from '../../local/build.mjs'
import { type Host, type HostOptions, startHost } from '../../local/host'

/** A host that serves functions made for one test; `logs` grows with what they and the host say. */
export interface Throwaway extends Host {
  readonly logs: string[]
}

/** Bundles this source, in which `app` stands for the library, and serves it. */
export const throwawayApp = async (source: string, options: HostOptions = {}): Promise<Throwaway> => {
  await mkdir('.local', { recursive: true })
  // Inside the project, since the bundler looks for packages from here upwards.
  const folder = await mkdtemp(join('.local', 'app-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const functions = join(folder, 'functions')
    await mkdir(functions)
    await writeFile(join(functions, 'all.ts'), `import { app } from '@azure/functions'\n${source}`)
    await build({ functions, outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
    const logs: string[] = []
    const host = await startHost({ ...options, folder: join(folder, 'dist'), log: (line) => logs.push(line) })
    return { ...host, logs, close: () => host.close().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** An answer, its body as text. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request whose target goes out exactly as given, which `fetch` would tidy up. */
export const send = (
  url: string,
  path: string,
  options: RequestOptions = {},
  body?: string | Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const request = httpRequest({ hostname, port, path, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
