import { PARTNER_TENANT } from '../../local/mintToken'
import type { Sample } from '../api/samples'

/** The body of a sample, for another partner. */
export const bodyFor = ({ body }: Sample, tenant: string): Readonly<Record<string, unknown>> => ({
  ...body,
  ...(body.partnerTenantId === PARTNER_TENANT && { partnerTenantId: tenant }),
})
