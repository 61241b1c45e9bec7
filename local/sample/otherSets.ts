import { CUSTOMERS, type Customer, EXPIRED, isCustomer } from './customers'
import type { Entity } from './entities'
import { chance, seededGuid, wholeNumber } from './seeded'

/** A collection below another entity, and what is sent to it. */
export interface Contained {
  readonly path: string
  readonly entities: readonly Entity[]
}

const DAY = 86_400_000

/** Requests on GDAP relationships: new ones, ended ones, and the one that is to replace what has expired. */
export function relationshipRequests(): readonly Contained[] {
  const isRenewed = (customer: Customer): boolean => isCustomer(customer, EXPIRED)
  const some = CUSTOMERS.filter((customer, index) => index % 8 === 3 || isRenewed(customer))
  return some.map((customer) => {
    const { id, domain } = customer
    const age = isRenewed(customer) ? DAY : wholeNumber([2 * DAY, 29 * DAY], 'relationship', id)
    const isEnded = !isRenewed(customer) && chance('ended', id) < 0.4
    const relationship = `${seededGuid('relationship', id)}-${seededGuid('contract', id)}`
    return {
      path: `/beta/tenantRelationships/delegatedAdminRelationships/${relationship}/requests`,
      entities: [entity(domain, age, { action: isEnded ? 'terminate' : 'lockForApproval' })],
    }
  })
}

/** Operations on registrations of managed apps, of a user each. */
export function appOperations(): readonly Contained[] {
  const some = CUSTOMERS.filter((_, index) => index % 6 === 1)
  return some.map(({ id, domain }) => {
    const age = wholeNumber([DAY / 24, 29 * DAY], 'app', id)
    const registration = seededGuid('registration', id)
    const wiped = { displayName: 'Wipe app data', state: 'completed', version: '5.2611.0' }
    return {
      path: `/v1.0/users/adele.vance@${domain}/managedAppRegistrations/${registration}/operations`,
      entities: [entity(`${domain}/1`, age, wiped), entity(`${domain}/2`, age / 2, { ...wiped, state: 'pending' })],
    }
  })
}

function entity(contentId: string, age: number, properties: Entity['properties']): Entity {
  return { contentId, properties, createdAge: age, modifiedAge: age }
}
