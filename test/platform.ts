import { readdir } from 'node:fs/promises'
import { endpoints, type Registered } from '../shared/http/register'

// Every function of the folder, in the order in which the platform tries them.
const folder = new URL('../functions/', import.meta.url)
await Promise.all((await readdir(folder)).map((file) => import(new URL(file, folder).href)))

let sorted: readonly Registered[] = []

// A test may register more; the platform goes by name, whatever its case.
const inOrder = (): readonly Registered[] => {
  if (sorted.length !== endpoints.length) {
    sorted = [...endpoints].sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase(), 'en'))
  }
  return sorted
}

// A parameter is decoded once, but an encoded slash stays as it is.
const match = (route: string, path: string): Record<string, string> | undefined => {
  const templates = route.split('/')
  const segments = path.replace(/^\/|\/$/g, '').split('/')
  const params: Record<string, string> = {}
  if (route === '{*path}') return params
  if (templates.length !== segments.length || segments.includes('')) return undefined
  for (const [index, template] of templates.entries()) {
    const segment = segments[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(template)?.[1]
    if (name !== undefined)
      params[name] = segment
        .split(/(%2f)/i)
        .map((part, at) => (at % 2 === 1 ? part : decodeURIComponent(part)))
        .join('')
    else if (template.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return params
}

/** The function that the platform would hand a request to, and the parameters of its path. */
export const find = (method: string, path: string): { endpoint: Registered; params: Record<string, string> } => {
  for (const endpoint of inOrder()) {
    const params = match(endpoint.route, path)
    if (params !== undefined && endpoint.methods.some((one) => one === method)) return { endpoint, params }
  }
  throw new Error(`no function takes ${method} ${path}`)
}
