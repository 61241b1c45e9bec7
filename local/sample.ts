import { toDateTimeOffset } from '../shared/schemas/dateTimeOffset'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'
import type { Resource } from '../shared/schemas/resource'
import { CUSTOMERS } from './sample/customers'
import { type Entity, toHttpRequestEntities, toOperationEntity, toResultEntities } from './sample/entities'
import { findStart, type Start } from './sample/findStart'
import { moveDates } from './sample/moveDates'
import { appOperations, type Contained, relationshipRequests } from './sample/otherSets'
import { type Stored, sendAll } from './sample/sendBulk'
import { type Operation, tellStory } from './sample/story'

// npm run sample: a month of operations over forty customers, for a running `npm start`.

const HOUR = 3_600_000

const start = await findStart(process.env.PORT)
const began = new Date()
const sent = await sendStory(start, tellStory())
const dates = await move(start, sent)
const seconds = ((Date.now() - began.getTime()) / 1000).toFixed(1)
const added = describeAdded(sent, toDateTimeOffset(began))
process.stdout.write(`${added} It took ${seconds} s.\n${dates}\n\nThe console: ${start.url}/console\n`)

/** What was stored in the container of a resource. */
interface Sent {
  readonly resource: Resource
  readonly stored: readonly Stored[]
}

async function sendStory(start: Start, story: readonly Operation[]): Promise<readonly Sent[]> {
  const { partner } = start
  const operations = await send(
    start,
    managedTenantOperation,
    story.map((operation) => toOperationEntity(partner, operation)),
  )
  const ids = operations.stored.map(({ id }) => id)
  const entitiesOf = (make: typeof toResultEntities): readonly Entity[] =>
    story.flatMap((operation, index) => make(partner, operation, ids[index] ?? ''))
  return [
    operations,
    await send(start, managedTenantOperationResult, entitiesOf(toResultEntities)),
    await send(start, managedTenantOperationHttpRequest, entitiesOf(toHttpRequestEntities)),
    await sendContained(start, delegatedAdminRelationshipRequest, relationshipRequests()),
    await sendContained(start, managedAppOperation, appOperations()),
  ]
}

async function send(start: Start, resource: Resource, entities: readonly Entity[]): Promise<Sent> {
  return { resource, stored: await sendAll(start, `/beta/${resource.route}`, entities) }
}

async function sendContained(start: Start, resource: Resource, all: readonly Contained[]): Promise<Sent> {
  const stored: Stored[] = []
  for (const { path, entities } of all) stored.push(...(await sendAll(start, path, entities)))
  return { resource, stored }
}

// What was changed by nobody since this run began was stored by an earlier one.
function describeAdded(sent: readonly Sent[], began: string): string {
  const [operations = 0, results = 0, requests = 0, relationships = 0, apps = 0] = sent.map(
    ({ stored }) => stored.filter(({ lastModifiedDateTime }) => lastModifiedDateTime >= began).length,
  )
  if (operations + results + requests + relationships + apps === 0)
    return 'The whole sample was there already: nothing was added.'
  const main = `${operations} operations over ${CUSTOMERS.length} customers, ${results} results, ${requests} HTTP requests`
  return `Added ${main}, ${relationships} requests on GDAP relationships and ${apps} operations on managed apps.`
}

// The month ends with the last full hour: within an hour a second run has nothing to move.
async function move({ database }: Start, sent: readonly Sent[]): Promise<string> {
  if (database === undefined)
    return 'All dates are those on which it was sent: they can be moved back in the embedded database only.'
  const end = new Date(Math.floor(Date.now() / HOUR) * HOUR)
  for (const { resource, stored } of sent) await moveDates(database, resource.container, stored, end)
  const ages = sent.flatMap(({ stored }) => stored.map(({ entity }) => entity.createdAge))
  const first = new Date(end.getTime() - ages.reduce((oldest, age) => Math.max(oldest, age), 0))
  return `Its dates are from ${toMinute(first)} to ${toMinute(end)} (UTC).`
}

function toMinute(instant: Date): string {
  return instant.toISOString().slice(0, 16).replace('T', ' ')
}
