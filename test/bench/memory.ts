import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { mintToken } from '../../local/mintToken'
import { result } from '../api/samples'
import { startMeasured } from '../faults/measured'

const BULKS = 4
const BODY_BYTES = 7_900_000

/** Megabytes that the process of the service grew by while bulks of the largest size were stored, four at once. */
export const measureMemory = async (): Promise<{ readonly plain: number; readonly gzip: number }> => {
  const measured = await startMeasured()
  const entity = JSON.stringify({ ...result.body, executionInfo: 'x'.repeat(8000) })
  const body = Buffer.from(`{"value":[${Array(Math.floor(BODY_BYTES / (entity.length + 1))).fill(entity)}]}`)
  const send = async (bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<void> => {
    const response = await fetch(measured.url + result.path, {
      method: 'PATCH',
      headers: {
        ...{ Authorization: `Bearer ${mintToken()}`, 'Content-Type': 'application/json' },
        ...{ Prefer: 'continue-on-error, return=minimal', ...headers },
      },
      body: bytes,
    })
    if (response.status !== 200) throw new Error(await response.text())
    await response.arrayBuffer()
  }
  const growth = async (bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<number> => {
    await send(bytes, headers)
    const before = (await measured.memory()).resident
    let most = before
    let isDone = false
    const sending = Promise.all(Array.from({ length: BULKS }, () => send(bytes, headers))).finally(() => {
      isDone = true
    })
    while (!isDone) {
      // What is asked of the process is answered after a collection of garbage: what remains is needed.
      most = Math.max(most, (await measured.memory()).resident)
      await sleep(10)
    }
    await sending
    return most - before
  }
  try {
    return { plain: await growth(body, {}), gzip: await growth(gzipSync(body), { 'Content-Encoding': 'gzip' }) }
  } finally {
    await measured.close()
  }
}
