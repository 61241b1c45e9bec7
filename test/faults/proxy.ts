import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createFront, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import { type Answer, forward, rawOf } from './forward'
import { type Kind, kindOf } from './kind'

/** What goes wrong with one request. `…Answer`: the store has done what it was asked before that happens. */
export type Fault =
  | { readonly act: 'dropRequest' | 'dropAnswer' | 'cutAnswer' | 'hang' | 'hangAnswer' }
  | { readonly act: 'slowAnswer'; readonly ms: number }
  | { readonly act: 'replaceAnswer'; readonly body: string }
  | Refusal

/** An answer that the proxy makes up; the store sees nothing of the request. */
export interface Refusal {
  readonly act: 'refuse'
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A proxy on loopback between the SDK and the store. */
export interface FaultProxy {
  readonly endpoint: string
  /** Kinds of the requests that came, in their order. */
  readonly asked: Kind[]
  /** Kinds of those that were passed on to the store. */
  readonly passed: Kind[]
  /** How many requests and connections have been left without an answer. */
  readonly silences: number
  /** Lets the next `times` requests of these kinds fail. */
  inject(fault: Fault, kinds: readonly Kind[], times?: number): void
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
  close(): Promise<void>
}

const pass = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const bodiless = status === 204 || status === 304
  response.writeHead(status, { ...headers, ...(!bodiless && { 'content-length': body.length }) })
  response.end(bodiless ? undefined : body)
}

/** Whether a request that meets this fault waits until its sender gives up. */
export const isSilent = (fault: Fault): boolean =>
  fault.act === 'hang' || fault.act === 'hangAnswer' || (fault.act === 'slowAnswer' && fault.ms >= TOO_LATE_MS)

/** Longer than any deadline of the tests. */
export const TOO_LATE_MS = 600_000

// Answers as the fault has it; what is left undone hangs until the proxy is closed.
const fail = async (
  fault: Fault,
  socket: Socket,
  response: ServerResponse,
  ask: () => Promise<Answer>,
): Promise<void> => {
  if (fault.act === 'hang') return
  if (fault.act === 'dropRequest') return void socket.resetAndDestroy()
  if (fault.act === 'refuse') {
    const headers = { 'content-type': 'application/json', ...fault.headers }
    return pass(response, { status: fault.status, headers, body: Buffer.from(fault.body) })
  }
  const answer = await ask()
  if (fault.act === 'dropAnswer') return void socket.resetAndDestroy()
  if (fault.act === 'cutAnswer') {
    const raw = rawOf(answer)
    return void socket.end(raw.subarray(0, Math.floor(raw.length / 2)))
  }
  if (fault.act === 'replaceAnswer') {
    const { 'content-length': _length, ...headers } = answer.headers
    return pass(response, {
      status: answer.status === 204 ? 200 : answer.status,
      headers,
      body: Buffer.from(fault.body),
    })
  }
  if (fault.act === 'slowAnswer') {
    await sleep(fault.ms, undefined, { ref: false })
    pass(response, answer)
  }
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
    return entry?.fault
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    const kind = kindOf(request)
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
    if (fault === undefined) return pass(response, await ask())
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
    asked: [],
    passed: [],
    get silences() {
      return state.silences
    },
    quiet: async () => {
      // Whoever sends lives in this process: after a few turns everything has been read.
      for (let turn = 0; turn < 5 || state.passing > 0; turn += 1) {
        await sleep(5)
        await immediate()
      }
    },
    meanwhile: () => undefined,
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
