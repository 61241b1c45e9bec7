import type { Filter, Literal, Term } from '../filter/filterTree'
import type { FilterTarget } from '../schemas/filterTargets'

/** Collects the parameters of a query: a value goes in, its name comes out. */
export interface Binder {
  bind(value: Literal): string
  readonly parameters: readonly { readonly name: string; readonly value: Literal }[]
}

/** A binder without parameters. */
export function newBinder(): Binder {
  const parameters: { name: string; value: Literal }[] = []
  return {
    parameters,
    bind(value) {
      const name = `@p${parameters.length}`
      parameters.push({ name, value })
      return name
    },
  }
}

/** A condition of a query's WHERE, to stand between ANDs; every value of it is a parameter. */
export function toCondition(filter: Filter, binder: Binder): string {
  const { text, isOr } = render(filter, binder)
  return isOr ? `(${text})` : text
}

const COMPARE = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const
const OPPOSITE = { gt: '<=', ge: '<', lt: '>=', le: '>' } as const

// A condition, and whether it needs parentheses beside an AND.
interface Sql {
  readonly text: string
  readonly isOr: boolean
}

function render(filter: Filter, binder: Binder): Sql {
  if (filter.kind === 'term') return renderTerm(filter, binder)
  const parts = filter.parts.map((part) => render(part, binder))
  return filter.kind === 'and' ? all(parts) : any(parts)
}

function renderTerm(term: Term, binder: Binder): Sql {
  if (term.operator === 'eq') return term.negated ? inequality(term, binder) : equality(term, binder)
  if (term.operator === 'any') return contains(term, binder)
  const condition = atom(orderingOrMatch(term, binder))
  return term.negated ? orNull(condition, term) : condition
}

function equality(term: Term, binder: Binder): Sql {
  const operand = operandOf(term)
  const names = term.values.filter((value) => value !== null).map(binder.bind)
  const [first] = names
  const isIn = names.length > 1 ? `${operand} IN (${names.join(', ')})` : `${operand} = ${first}`
  const isNull = term.values.includes(null) ? nullTests(term.target) : []
  return any([...(first === undefined ? [] : [atom(isIn)]), ...isNull])
}

// A comparison across types is undefined in Cosmos DB, so null has to be tested explicitly wherever it matters.
function inequality(term: Term, binder: Binder): Sql {
  const operand = operandOf(term)
  const values = term.values.filter((value) => value !== null)
  const different = values.map((value) => atom(`${operand} != ${binder.bind(value)}`))
  if (!term.values.includes(null)) return orNull(all(different), term)
  const path = pathOf(term.target)
  const isDefined = term.target.path.length > 1 ? [atom(`IS_DEFINED(${path})`)] : []
  return all([...isDefined, atom(`NOT IS_NULL(${path})`), ...different])
}

// A collection that is null or absent has no elements.
function contains(term: Term, binder: Binder): Sql {
  const path = pathOf(term.target)
  const tests = term.values.map((value) => `ARRAY_CONTAINS(${path}, ${binder.bind(value)})`)
  if (!term.negated) return any(tests.map(atom))
  return any([all(tests.map((test) => atom(`NOT ${test}`))), ...nullTests(term.target)])
}

function orNull(condition: Sql, { target }: Term): Sql {
  return target.nullable ? any([condition, ...nullTests(target)]) : condition
}

// A member of a complex value may be absent.
function nullTests(target: FilterTarget): Sql[] {
  const path = pathOf(target)
  return [atom(`IS_NULL(${path})`), ...(target.path.length > 1 ? [atom(`NOT IS_DEFINED(${path})`)] : [])]
}

function orderingOrMatch(term: Term, binder: Binder): string {
  const { operator, negated } = term
  const name = binder.bind(term.values[0] ?? null)
  if (operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le') {
    return `${operandOf(term)} ${(negated ? OPPOSITE : COMPARE)[operator]} ${name}`
  }
  return `${negated ? 'NOT ' : ''}${operator.toUpperCase()}(${operandOf(term)}, ${name})`
}

function operandOf({ target, casing }: Term): string {
  const path = pathOf(target)
  if (casing === undefined) return path
  return `${casing === 'tolower' ? 'LOWER' : 'UPPER'}(${path})`
}

function pathOf({ path }: FilterTarget): string {
  return `c.${path.join('.')}`
}

function atom(text: string): Sql {
  return { text, isOr: false }
}

function all(parts: readonly Sql[]): Sql {
  return {
    text: parts.map(({ text, isOr }) => (isOr && parts.length > 1 ? `(${text})` : text)).join(' AND '),
    isOr: parts.length === 1 && parts[0]?.isOr === true,
  }
}

function any(parts: readonly Sql[]): Sql {
  return {
    text: parts.map(({ text }) => text).join(' OR '),
    isOr: parts.some(({ isOr }) => isOr) || parts.length > 1,
  }
}
