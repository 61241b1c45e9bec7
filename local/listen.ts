import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'

/** Starts the server on loopback and says its origin; port 0 means any that is free. Rejects when the port is taken. */
export const listen = async (server: Server | TlsServer, port: number): Promise<string> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  // A certificate names a host.
  return server instanceof TlsServer ? `https://localhost:${address.port}` : `http://127.0.0.1:${address.port}`
}

/** Stops the server at once, and every connection with it. */
export const closeServer = async (server: Server): Promise<void> => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
