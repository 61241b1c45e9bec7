import type { JsonObject } from '../../shared/basics/isObject'
import type { Customer } from './customers'
import { toExchanges } from './exchanges'
import { seededGuid, wholeNumber } from './seeded'
import type { Operation, Outcome } from './story'

/** The partner whose token sends it. */
export interface Partner {
  readonly tenantId: string
  readonly userId: string
}

/** What is sent, and its dates as milliseconds before the end of the month. */
export interface Entity {
  readonly contentId: string
  readonly properties: JsonObject
  readonly createdAge: number
  readonly modifiedAge: number
}

/** The operation as its automation leaves it: changed when its last result came in. */
export function toOperationEntity({ tenantId, userId }: Partner, operation: Operation): Entity {
  const { number, type, targets, age, outcomes } = operation
  return {
    contentId: String(number),
    createdAge: age,
    modifiedAge: Math.min(age, ...outcomes.map((outcome) => outcome.age)),
    properties: {
      partnerTenantId: tenantId,
      partnerUserId: userId,
      requestId: seededGuid('operation', number),
      name: type.name,
      description: type.description,
      status: statusOf(operation),
      target: type.allTenants ? { allTenants: true } : { allTenants: false, tenantIds: targets.map(({ id }) => id) },
      operationDefinition: { value: type.runbook, logLevel: type.logLevel, failOnFirstError: false },
    },
  }
}

/** The results of an operation, which the service calls by this id. */
export function toResultEntities(partner: Partner, operation: Operation, id: string): readonly Entity[] {
  return operation.outcomes.map((outcome) => {
    const { failure, isRepeated, age } = outcome
    const result = operation.type.result.replaceAll('{count}', String(countOf(operation, outcome.customer)))
    return toRecord(partner, operation, outcome, {
      ...{ id, age, part: 'result' },
      properties: {
        isSuccess: failure === undefined,
        executionInfo: isRepeated ? 'Second run, after the first one failed.' : `Runbook ${operation.type.runbook}.`,
        ...(failure === undefined ? { result: [result] } : { exception: failure.exception }),
      },
    })
  })
}

/** The HTTP requests of an operation: all of them, or only those for customers where it failed. */
export function toHttpRequestEntities(partner: Partner, operation: Operation, id: string): readonly Entity[] {
  const { logLevel, runbook } = operation.type
  const recorded = operation.outcomes.filter(({ failure }) => failure !== undefined || logLevel === 'full')
  return recorded.flatMap((outcome) => {
    const { customer, age } = outcome
    const values = {
      id: seededGuid('object', runbook, customer.id),
      count: String(countOf(operation, customer)),
      domain: customer.domain,
    }
    return toExchanges(operation, outcome, values).map(({ earlier, ...properties }, index) =>
      toRecord(partner, operation, outcome, { id, age: age + earlier, part: String(index), properties }),
    )
  })
}

// Of several results of a customer the newest counts.
function statusOf({ isRunning, outcomes }: Operation): string {
  if (isRunning) return 'inProgress'
  const newest = new Map(outcomes.map(({ customer, failure }) => [customer.id, failure]))
  return [...newest.values()].every((failure) => failure === undefined) ? 'completed' : 'completedWithErrors'
}

function countOf({ number }: Operation, { id }: Customer): number {
  return wholeNumber([3, 90], 'count', number, id)
}

interface Place {
  readonly id: string
  readonly age: number
  /** Tells apart what belongs to one outcome. */
  readonly part: string
  readonly properties: JsonObject
}

function toRecord(
  { tenantId, userId }: Partner,
  { number }: Operation,
  { customer, isRepeated }: Outcome,
  { id, age, part, properties }: Place,
): Entity {
  const run = isRepeated ? 2 : 1
  return {
    contentId: `${number}/${customer.domain}/${run}/${part}`,
    createdAge: age,
    modifiedAge: age,
    properties: {
      partnerTenantId: tenantId,
      partnerUserId: userId,
      targetTenantId: customer.id,
      targetTenantDisplayName: customer.name,
      managedTenantOperationId: id,
      requestId: seededGuid('run', number, customer.id, run),
      ...properties,
    },
  }
}
