import type { Binding, RegisteredFunction } from './app'

/** A function that matches a request, with the values of its route's parameters. */
export interface Match {
  readonly found: RegisteredFunction
  readonly trigger: string
  readonly params: Readonly<Record<string, string>>
}

interface Route {
  readonly found: RegisteredFunction
  readonly trigger: string
  readonly methods: ReadonlySet<string>
  readonly segments: readonly Segment[]
  /** Name of the last parameter where it takes the rest of the path. */
  readonly rest: string | undefined
}

type Segment = { readonly literal: string } | { readonly parameter: string }

/**
 * Finds functions as the platform does: sorted by name ignoring case, the first match wins; literals match in any case
 * and a trailing slash is ignored. Throws for a route that it cannot parse.
 */
export const routeTable = (functions: readonly RegisteredFunction[], prefix: string) => {
  const ordered = [...functions].sort((a, b) => compare(a.metadata.name.toLowerCase(), b.metadata.name.toLowerCase()))
  const routes = ordered.map((found) => toRoute(found, prefix))
  return (method: string, path: string): Match | undefined => {
    const parts = path.split('/').slice(1)
    if (parts.at(-1) === '') parts.pop()
    for (const route of routes) {
      if (!route.methods.has(method)) continue
      const params = match(route, parts)
      if (params !== undefined) return { found: route.found, trigger: route.trigger, params }
    }
    return undefined
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const toRoute = (found: RegisteredFunction, prefix: string): Route => {
  const { name, bindings } = found.metadata
  const [trigger, binding] = triggerOf(name, bindings)
  const path = [prefix, binding.route ?? name].join('/').split('/')
  const segments = path.filter((part) => part !== '')
  const rest = /^\{\*{1,2}(\w+)\}$/.exec(segments.at(-1) ?? '')?.[1]
  if (rest !== undefined) segments.pop()
  return {
    found,
    trigger,
    methods: new Set(binding.methods?.map((method) => method.toUpperCase())),
    segments: segments.map((part) => toSegment(part, name)),
    rest,
  }
}

const triggerOf = (name: string, bindings: Readonly<Record<string, Binding>>): readonly [string, Binding] => {
  const trigger = Object.entries(bindings).find(([, { type }]) => type === 'httpTrigger')
  if (trigger === undefined) throw new Error(`this host serves HTTP functions only; '${name}' is not one`)
  return trigger
}

const toSegment = (part: string, name: string): Segment => {
  const parameter = /^\{(\w+)\}$/.exec(part)?.[1]
  if (parameter !== undefined) return { parameter }
  if (/[{}]/.test(part)) throw new Error(`this host cannot parse '${part}' in the route of '${name}'`)
  return { literal: part.toLowerCase() }
}

const match = ({ segments, rest }: Route, parts: readonly string[]): Record<string, string> | undefined => {
  if (rest === undefined ? parts.length !== segments.length : parts.length < segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? ''
    if ('literal' in segment) {
      if (part.toLowerCase() !== segment.literal) return undefined
    } else if (part === '') return undefined
    else params[segment.parameter] = part
  }
  if (rest !== undefined && parts.length > segments.length) params[rest] = parts.slice(segments.length).join('/')
  return params
}
