/** The days that a view covers: a number of UTC days that ends with today's. */
export const periods = { day: 2, week: 7, month: 30 } as const
export type Period = keyof typeof periods

/** Which results a table shows. */
export const outcomes = ['all', 'failed', 'succeeded', 'missing'] as const
export type Outcome = (typeof outcomes)[number]

/** What happened in a period. */
export interface OverviewAddress {
  readonly view: 'overview'
  readonly period: Period
}

/** The customers with failures in a period. */
export interface CustomersAddress {
  readonly view: 'customers'
  readonly period: Period
  readonly page: string
}

/** The failures in a period. */
export interface FailuresAddress {
  readonly view: 'failures'
  readonly period: Period
  readonly page: string
}

/** An address that names nothing. */
export interface NowhereAddress {
  readonly view: 'nowhere'
}

/** The operations; `name` and `status` are empty for any. */
export interface OperationsAddress {
  readonly view: 'operations'
  readonly name: string
  readonly status: string
  readonly page: string
}

/** One operation. */
export interface OperationAddress {
  readonly view: 'operation'
  readonly operation: string
  readonly outcome: Outcome
  readonly page: string
  /** The customer whose results and HTTP requests are shown, empty for all. */
  readonly customer: string
  /** Where the page of its HTTP requests begins. */
  readonly requestsPage: string
  /** The HTTP request that is shown with its response. */
  readonly request: string
}

/** One customer in a period. */
export interface CustomerAddress {
  readonly view: 'customer'
  readonly customer: string
  readonly period: Period
  readonly outcome: Outcome
  readonly page: string
}

/** Everything that the page shows follows from its address. `page`: where a table's page begins, as the API says it. */
export type Address =
  | OverviewAddress
  | CustomersAddress
  | FailuresAddress
  | OperationsAddress
  | OperationAddress
  | CustomerAddress
  | NowhereAddress

/**
 * The address that a query string stands for. What it does not say, or says wrongly, is the standard; an id that is none
 * names nothing.
 */
export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search)
  const text = (name: string): string => query.get(name) ?? ''
  const period = oneOf(Object.keys(periods) as Period[], text('period'), 'week') // The keys of an object of ours.
  const outcome = oneOf(outcomes, text('outcome'), 'all')
  const page = text('page')
  // Ids become parts of paths and filters, so only an id may.
  const operation = toGuid(text('operation'))
  const customer = toGuid(text('customer'))
  switch (text('view')) {
    case 'operations':
      return { view: 'operations', name: text('name'), status: text('status'), page }
    case 'operation':
      if (operation === '' || (customer === '' && query.has('customer'))) return { view: 'nowhere' }
      return {
        view: 'operation',
        operation,
        outcome,
        page,
        customer,
        requestsPage: text('requestsPage'),
        request: text('request'),
      }
    case 'customer':
      return customer === '' ? { view: 'nowhere' } : { view: 'customer', customer, period, outcome, page }
    case 'customers':
      return toCustomers(period, page)
    case 'failures':
      return toFailures(period, page)
    case '':
      return toOverview(period)
    default:
      return { view: 'nowhere' }
  }
}

/** The URL of an address, without what is the standard. */
export function toUrl(address: Address): string {
  const standard: Readonly<Record<string, string>> = { view: 'overview', period: 'week', outcome: 'all' }
  const pairs = Object.entries(address).filter(([name, value]) => value !== '' && value !== standard[name])
  const query = new URLSearchParams(pairs).toString()
  return query === '' ? '/console' : `/console?${query}`
}

/** The overview of a period. */
export function toOverview(period: Period = 'week'): OverviewAddress {
  return { view: 'overview', period }
}

/** Every customer with failures in a period. */
export function toCustomers(period: Period, page = ''): CustomersAddress {
  return { view: 'customers', period, page }
}

/** Every failure in a period. */
export function toFailures(period: Period, page = ''): FailuresAddress {
  return { view: 'failures', period, page }
}

/** The list of operations. */
export function toOperations(): OperationsAddress {
  return { view: 'operations', name: '', status: '', page: '' }
}

/** One operation; with a customer, that customer's HTTP requests beside it. */
export function toOperation(operation: string, customer = '', outcome: Outcome = 'all'): OperationAddress {
  return { view: 'operation', operation, outcome, page: '', customer, requestsPage: '', request: '' }
}

/** One customer over a period. */
export function toCustomer(customer: string, period: Period = 'week', outcome: Outcome = 'all'): CustomerAddress {
  return { view: 'customer', customer, period, outcome, page: '' }
}

// In lower case, as the API has it; empty where it is none.
function toGuid(text: string): string {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : ''
}

function oneOf<T extends string>(known: readonly T[], given: string, standard: T): T {
  return known.find((value) => value === given) ?? standard
}
