import { dateTime, guid, id, reference } from './types'

/** The properties with which every record of what an operation did in one customer tenant begins. */
export const recordProperties = {
  id: id({ describe: 'Id of the record.' }),
  partnerTenantId: guid({ tenant: true, describe: 'The tenant of the partner, which must be that of the token.' }),
  partnerUserId: guid({
    filter: true,
    describe: 'The user of the partner on whose behalf it ran, as the caller says.',
  }),
  targetTenantId: guid({ filter: true, describe: 'The customer tenant.' }),
  managedTenantOperationId: reference({
    immutable: true,
    filter: true,
    describe: 'Id of the operation. It cannot be changed.',
  }),
  requestId: guid({ filter: true, describe: "Id of the partner's own request that led to the record." }),
  createdDateTime: dateTime({ computed: true, filter: true, order: true, describe: 'When it was created.' }),
  lastModifiedDateTime: dateTime({
    computed: true,
    filter: true,
    order: true,
    describe: 'When it was last changed.',
  }),
} as const
