import { afterDeadline, stopClock, until } from '../fakes/clock'
import type { FaultProxy } from '../fakes/proxy'
import type { Kind } from '../fakes/sent'

/** What comes of a request whose deadline comes when the store has been asked for so many of a kind. */
export const afterMany = async <T>(
  proxy: FaultProxy,
  kind: Kind,
  count: number,
  send: () => Promise<T>,
): Promise<T> => {
  proxy.asked.length = 0
  stopClock()
  const answer = send()
  await until(() => proxy.asked.filter((asked) => asked === kind).length >= count)
  return afterDeadline(answer)
}
