import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'

/** Starts the server on loopback and returns its origin; port 0 is any free one. Rejects when the port is taken. */
export const listen = async (server: Server | TlsServer, port: number): Promise<string> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  // A certificate names a host.
  return server instanceof TlsServer ? `https://localhost:${address.port}` : `http://127.0.0.1:${address.port}`
}

/** Stops the server and closes every connection at once. */
export const closeServer = async (server: Server): Promise<void> => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
