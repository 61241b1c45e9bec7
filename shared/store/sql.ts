import type { Filter, Literal, Term } from '../odata/filterTree'

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
  const condition = atom(orderingOrMatch(term, binder))
  return term.negated && term.property.nullable ? any([condition, atom(`IS_NULL(${pathOf(term)})`)]) : condition
}

function equality(term: Term, binder: Binder): Sql {
  const path = pathOf(term)
  const names = term.values.filter((value) => value !== null).map(binder.bind)
  const [first] = names
  const isIn = names.length > 1 ? `${path} IN (${names.join(', ')})` : `${path} = ${first}`
  const isNull = term.values.includes(null) ? [atom(`IS_NULL(${path})`)] : []
  return any([...(first === undefined ? [] : [atom(isIn)]), ...isNull])
}

// Comparisons across types are undefined in Cosmos DB, so null has to be named wherever it counts.
function inequality(term: Term, binder: Binder): Sql {
  const path = pathOf(term)
  const values = term.values.filter((value) => value !== null)
  const different = values.map((value) => atom(`${path} != ${binder.bind(value)}`))
  if (term.values.includes(null)) return all([atom(`NOT IS_NULL(${path})`), ...different])
  return term.property.nullable ? any([all(different), atom(`IS_NULL(${path})`)]) : all(different)
}

function orderingOrMatch(term: Term, binder: Binder): string {
  const { operator, negated } = term
  const name = binder.bind(term.values[0] ?? null)
  if (operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le') {
    return `${pathOf(term)} ${(negated ? OPPOSITE : COMPARE)[operator]} ${name}`
  }
  return `${negated ? 'NOT ' : ''}${operator.toUpperCase()}(${pathOf(term)}, ${name})`
}

function pathOf({ property }: Term): string {
  return `c.${property.name}`
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
