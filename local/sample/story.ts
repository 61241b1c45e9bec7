import { CUSTOMERS, type Customer, EXPIRED, isCustomer, UNLICENSED } from './customers'
import { type Failure, GDAP_EXPIRED, LICENSE_LACKING, OCCASIONAL } from './failures'
import { OPERATION_TYPES, type OperationType } from './operationTypes'
import { chance, wholeNumber } from './seeded'

// What happened in the month. Ages are milliseconds before its end, so that the story is the same whenever it is told.

/** An operation and what came of it. */
export interface Operation {
  readonly number: number
  readonly type: OperationType
  readonly age: number
  readonly isRunning: boolean
  readonly targets: readonly Customer[]
  readonly outcomes: readonly Outcome[]
}

/** What came of an operation for one customer. */
export interface Outcome {
  readonly customer: Customer
  readonly age: number
  /** Undefined where it succeeded. */
  readonly failure: Failure | undefined
  /** Whether it is that of a second run, after the first one failed. */
  readonly isRepeated: boolean
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DAYS = 30

/** Since when the one customer has no GDAP relationship. */
const EXPIRED_SINCE = 6.2 * DAY

/** When the other one had no licenses: long enough ago that no reading of 'last week' has both. */
const UNLICENSED_FROM = 16 * DAY
const UNLICENSED_UNTIL = 9 * DAY

const RUNNING_AGE = 3 * MINUTE
const RUNNING_TYPE = 2

/** The operations of the month, oldest first; the last one is still running. */
export function tellStory(): readonly Operation[] {
  const finished = Array.from({ length: DAYS }, (_, index) => agesOfDay(DAYS - 1 - index)).flat()
  // 5 has no divisor in common with their number, so that all take turns and no two alike are neighbors.
  const typeOf = (number: number): number => (number * 5) % OPERATION_TYPES.length
  return [
    ...finished.map((age, number) => toOperation(number, typeOf(number), age)),
    toOperation(finished.length, RUNNING_TYPE, RUNNING_AGE),
  ].flat()
}

// Three to six, spread over the day; the first tenth of each part is left for results to come in.
function agesOfDay(day: number): readonly number[] {
  const count = wholeNumber([3, 6], 'operations', day)
  const parts = Array.from({ length: count }, (_, index) => count - 1 - index)
  return parts.map((part) => day * DAY + (part + 0.1 + 0.8 * chance('operation', day, part)) * (DAY / count))
}

function toOperation(number: number, index: number, age: number): readonly Operation[] {
  const type = OPERATION_TYPES[index]
  if (type === undefined) return []
  const targets = CUSTOMERS.filter(({ hasIntune }) => hasIntune || type.needsIntune === undefined)
  const operation = { number, type, age, targets, isRunning: age === RUNNING_AGE }
  const outcomes = targets.flatMap((customer, position) => toOutcomes(operation, customer, position))
  // What lies behind the end of the month has not happened yet.
  return [{ ...operation, outcomes: outcomes.filter((outcome) => outcome.age >= 0) }]
}

type Started = Omit<Operation, 'outcomes'>

function toOutcomes(operation: Started, customer: Customer, position: number): readonly Outcome[] {
  const { number } = operation
  // Now and then a customer's result is missing.
  if (chance('missing', number, customer.id) < 0.004) return []
  const failure = failureOf(operation, customer)
  const work = (4 + 6 * position + 5 * chance('seconds', number, customer.id)) * SECOND
  const age = Math.round(operation.age - work - waiting(failure))
  const first = { customer, age, failure, isRepeated: false }
  if (failure?.isTransient !== true || chance('again', number, customer.id) < 0.5) return [first]
  const later = wholeNumber([5 * MINUTE, 9 * MINUTE], 'later', number, customer.id)
  return [first, { customer, age: age - later, failure: undefined, isRepeated: true }]
}

function waiting(failure: Failure | undefined): number {
  if (failure === undefined) return 0
  if (failure.status === null) return 100 * SECOND
  return (failure.attempts - 1) * (failure.retryAfter ?? 0) * SECOND
}

function failureOf({ number, type, age }: Started, customer: Customer): Failure | undefined {
  if (age <= EXPIRED_SINCE && isCustomer(customer, EXPIRED)) return GDAP_EXPIRED
  const lacksLicenses = age <= UNLICENSED_FROM && age >= UNLICENSED_UNTIL && isCustomer(customer, UNLICENSED)
  if (lacksLicenses && type.needsPremium === true) return LICENSE_LACKING
  if (chance('fails', number, customer.id) >= 0.04) return undefined
  return OCCASIONAL[wholeNumber([0, OCCASIONAL.length - 1], 'reason', number, customer.id)]
}
