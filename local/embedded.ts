import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { countGroups, toGrouping } from './grouping'
import { linearQueries } from './linearQueries'
import { rememberParsed } from './sqlParser'

/** The parameters of an address; an address of a database has no `collId`, one of a container no `docId`. */
export type Params = Readonly<Partial<Record<'dbId' | 'collId' | 'docId', string>>>

interface Item {
  readonly read: () => unknown
}

/** The part of an embedded container that is used here. */
export interface Collection extends Item {
  readonly documents: { readonly _data: ReadonlyMap<string, unknown>; readonly _index: ReadonlyMap<string, unknown> }
}

/** The part of the embedded account that we use. */
export interface EmbeddedAccount {
  readonly database: (id: string) => { readonly collection: (id: string) => Collection }
}

/** One operation of a batch request. */
export interface Operation {
  readonly operationType: string
  readonly partitionKey?: string
  readonly id?: string
  readonly resourceBody?: Document
}

type Operate = (
  collection: Collection,
  operation: Operation,
) => { readonly statusCode: number; readonly body?: Document | undefined }

type Handler = (account: EmbeddedAccount, request: IncomingMessage, response: ServerResponse, params: Params) => unknown

type Document = Readonly<Record<string, unknown>>

interface Sql {
  readonly query: string
  readonly parameters?: readonly unknown[]
}

interface Found {
  readonly result: readonly unknown[]
  readonly continuation?: unknown
}

interface Items {
  prototype: {
    _set: (this: unknown, data: Document) => Document
    query: (this: unknown, sql: Sql, options: object) => Found | null
  }
}

interface Address {
  readonly hostname: string
  readonly port: string
}

const require = createRequire(import.meta.url)

rememberParsed()
linearQueries()

// The internal modules of the package, since its server cannot be corrected from outside. They are typed `any`.
const load = <T>(path: string): T => require(`@vercel/cosmosdb-server/lib/${path}`).default as T

const Account = load<new (hostname: string, port: string) => EmbeddedAccount & Item>('account/index.js')
const items = load<Items>('account/items.js')
const routes = load<(request: IncomingMessage) => [Params, Handler] | undefined>('routes.js')

// This module has no default.
const operate = require('@vercel/cosmosdb-server/lib/handler/_document-operations.js') as Record<string, Operate>

/** What carries out an operation of each type. */
export const operations: Readonly<Partial<Record<string, Operate>>> = {
  Create: operate.createOperation,
  Upsert: operate.upsertOperation,
  Read: operate.readOperation,
  Replace: operate.replaceOperation,
  Delete: operate.deleteOperation,
}

// Entity tags of Cosmos DB include their quotes. Stored like this, they are returned and compared with them.
const set = items.prototype._set
items.prototype._set = function (data) {
  const { _etag } = data
  const quoted = typeof _etag === 'string' && !_etag.startsWith('"') ? { ...data, _etag: `"${_etag}"` } : data
  return set.call(this, quoted)
}

// It ignores GROUP BY. So it selects what is to be grouped, and we group that.
const { query } = items.prototype
items.prototype.query = function (sql, options) {
  const grouping = toGrouping(sql.query)
  if (grouping === undefined) return query.call(this, sql, options)
  const found = query.call(this, { ...sql, query: grouping.ungrouped }, {})
  return found && { result: countGroups(found.result, grouping.count) }
}

/** An empty account at this address. */
export const newAccount = ({ hostname, port }: Address): EmbeddedAccount => {
  const account = new Account(hostname, port)
  // By default the account describes itself with https; a client with endpoint discovery follows this address.
  const here = [{ name: 'Local', databaseAccountEndpoint: `http://${hostname}:${port}/` }]
  Object.assign(account.read() as object, { writableLocations: here, readableLocations: here })
  return account
}

/** The handler of a request and the parameters of its address. */
export const findRoute = (request: IncomingMessage): [Params, Handler] | undefined => routes(request)
