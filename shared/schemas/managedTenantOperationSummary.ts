import { tenantException } from './managedTenantOperation'
import { boolean, collection, complex, dateTime, guid, int32 } from './types'

/** What an operation came to: computed from its results when asked for, and never stored. */
export const managedTenantOperationSummary = complex('managedTenantOperationSummary', {
  targetCount: int32({ minimum: 0, describe: 'Customer tenants that the operation names; null where it names none.' }),
  tenantCount: int32({ minimum: 0, describe: 'Customer tenants that have a result.' }),
  succeededCount: int32({ minimum: 0, describe: 'Those whose newest result is a success.' }),
  failedCount: int32({ minimum: 0, describe: 'Those whose newest result is a failure.' }),
  missingCount: int32({ minimum: 0, describe: 'Named tenants without a result; null where that is not known.' }),
  firstResultDateTime: dateTime({ describe: 'When the oldest result was created.' }),
  lastResultDateTime: dateTime({ describe: 'When the newest result was created.' }),
  isComplete: boolean({ describe: 'Whether each named tenant has a result; null where that is not known.' }),
  isPartial: boolean({ describe: 'Whether there are more results than were read; the newest were.' }),
  failures: collection(tenantException, { describe: 'The failures, the newest first; 1,000 at most.' }),
  missingTenantIds: collection(
    guid({
      knownAtTimes: true,
      describe: 'Named tenants without a result, 1,000 at most; null where isPartial is true.',
    }),
  ),
})
