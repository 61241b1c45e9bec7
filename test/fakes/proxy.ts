import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createFront, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import { type Fault, fail, isSilent, pass } from './fault'
import { type Answer, forward } from './forward'
import { type Kind, type Sent, toSent } from './sent'

type Members = Readonly<Record<string, unknown>>

/** A proxy on loopback between the SDK and the store. */
export interface FaultProxy {
  readonly endpoint: string
  /** Requests that came, in their order. */
  readonly sent: Sent[]
  /** Runs this, and returns what was sent meanwhile. */
  watch(run: () => Promise<unknown>): Promise<readonly Sent[]>
  /** Their kinds. */
  readonly asked: Kind[]
  /** Kinds of those that were passed on to the store. */
  readonly passed: Kind[]
  /** How many requests and connections have been left without an answer. */
  readonly silences: number
  /** Lets the next `times` requests of these kinds fail. */
  inject(fault: Fault, kinds: readonly Kind[], times?: number): void
  /** What fails of the requests for which no fault was injected. */
  sometimes: (kind: Kind) => Fault | undefined
  /** Refuses connections from now on. */
  refuse(): Promise<void>
  /** Accepts the next `times` connections and never reads from them. */
  mute(times: number): void
  /** Passes everything on again. */
  heal(): Promise<void>
  /** Resolves when all that was sent has come here, and what was passed on is answered. */
  quiet(): Promise<void>
  /** Awaited before a request is passed on, and before its answer is. */
  meanwhile: (kind: Kind, when: 'before' | 'after') => Promise<unknown> | undefined
  /** Changes a document on its way to the service. */
  tamper: ((document: Members) => Members) | undefined
  close(): Promise<void>
}

const tampered = (tamper: FaultProxy['tamper'], { kind }: Sent, answer: Answer): Answer => {
  const isRead = kind === 'query' || kind === 'read' || kind === 'replace'
  if (tamper === undefined || !isRead || answer.status >= 300 || answer.body.length === 0) return answer
  const content = JSON.parse(answer.body.toString())
  const { Documents: rows } = content
  const documents = Array.isArray(rows) && rows.map((row) => (typeof row === 'object' ? tamper(row) : row))
  const changed = documents === false ? tamper(content) : { ...content, Documents: documents }
  return { ...answer, body: Buffer.from(JSON.stringify(changed)) }
}

/** Starts a proxy in front of the store at this address. */
export const startProxy = async (endpoint: string): Promise<FaultProxy> => {
  const target = new URL(endpoint)
  const sockets = new Set<Socket>()
  const state = {
    faults: [] as { fault: Fault; kinds: readonly Kind[]; left: number }[],
    muted: 0,
    passing: 0,
    silences: 0,
  }

  const take = (kind: Kind): Fault | undefined => {
    const entry = state.faults.find(({ kinds, left }) => left > 0 && kinds.includes(kind))
    if (entry !== undefined) entry.left -= 1
    return entry?.fault ?? proxy.sometimes(kind)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    const sent = toSent(request, body)
    const { kind } = sent
    proxy.sent.push(sent)
    proxy.asked.push(kind)
    const fault = take(kind)
    const ask = async () => {
      state.passing += 1
      try {
        await proxy.meanwhile(kind, 'before')
        proxy.passed.push(kind)
        const answer = await forward(target, request, body)
        await proxy.meanwhile(kind, 'after')
        return answer
      } finally {
        state.passing -= 1
      }
    }
    if (fault === undefined) return pass(response, tampered(proxy.tamper, sent, await ask()))
    if (isSilent(fault)) state.silences += 1
    await fail(fault, request.socket, response, ask)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy())
  })
  const front = createFront((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined)
    if (state.muted === 0) return void server.emit('connection', socket)
    state.muted -= 1
    state.silences += 1
  })
  const listen = (port: number) => new Promise<void>((resolve) => front.listen(port, '127.0.0.1', resolve))
  const disconnect = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      front.close(() => resolve())
      disconnect()
    })

  await listen(0)
  // A server on a TCP port has an address with a port.
  const { port } = front.address() as AddressInfo
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${port}`,
    sent: [],
    watch: async (run) => {
      proxy.sent.length = 0
      await run()
      return [...proxy.sent]
    },
    asked: [],
    passed: [],
    get silences() {
      return state.silences
    },
    quiet: async () => {
      // Whoever sends lives in this process: after a few turns everything has been read.
      for (let turn = 0; turn < 10 || state.passing > 0; turn += 1) {
        await sleep(5)
        await immediate()
      }
    },
    meanwhile: () => undefined,
    sometimes: () => undefined,
    tamper: undefined,
    inject: (fault, kinds, times = Number.POSITIVE_INFINITY) => {
      state.faults.push({ fault, kinds, left: times })
    },
    refuse: stop,
    mute: (times) => {
      state.muted = times
      disconnect()
    },
    heal: async () => {
      state.faults.length = 0
      state.muted = 0
      if (!front.listening) await listen(port)
    },
    close: async () => {
      if (front.listening) await stop()
    },
  }
  return proxy
}
