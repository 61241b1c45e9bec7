import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, rawOf } from './forward'

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

/** Answers. */
export const pass = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const bodiless = status === 204 || status === 304
  response.writeHead(status, { ...headers, ...(!bodiless && { 'content-length': body.length }) })
  response.end(bodiless ? undefined : body)
}

/** Whether a request that meets this fault waits until its sender gives up. */
export const isSilent = (fault: Fault): boolean =>
  fault.act === 'hang' || fault.act === 'hangAnswer' || (fault.act === 'slowAnswer' && fault.ms >= TOO_LATE_MS)

/** Longer than any deadline of the tests. */
export const TOO_LATE_MS = 600_000

/** Answers as the fault has it; what is left undone hangs until the proxy is closed. */
export const fail = async (
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
