import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'

/** Every open connection of a server, and those on which a request is being answered. */
export interface Sockets {
  readonly open: ReadonlySet<Socket>
  readonly busy: ReadonlySet<Socket>
}

/** Tracks a server's connections. Node itself counts a connection that never sent a request as busy. */
export const trackSockets = (server: Server | TlsServer): Sockets => {
  const open = new Set<Socket>()
  const busy = new Set<Socket>()
  // Under TLS a request comes on the socket that the handshake made.
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      busy.delete(socket)
    })
  })
  server.on('request', ({ socket }, response) => {
    busy.add(socket)
    response.once('close', () => {
      busy.delete(socket)
      if (!server.listening) socket.destroySoon()
    })
  })
  return { open, busy }
}

const GRACE_MS = 10_000

/** Stops accepting connections and waits at most ten seconds for requests in flight. */
export const closeGently = async (
  server: Server | TlsServer,
  { open, busy }: Sockets,
  grace = GRACE_MS,
): Promise<void> => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  for (const socket of open) {
    if (!busy.has(socket)) socket.destroy()
  }
  const tooLate = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearTimeout(tooLate)
}
