/** The path of a request target, decoded as the platform does: once, and an encoded slash stays. */
export interface Target {
  readonly path: string
  /** With its question mark, as it came; empty where there is none. */
  readonly query: string
  /** Path and query as they came. */
  readonly raw: string
}

/** Parses the target of a request line; a number is the status that the platform itself answers. */
export const parseTarget = (target: string): Target | number => {
  const local = target.startsWith('/') ? target : fromAbsolute(target)
  if (local === undefined || local.startsWith('//')) return 404
  const mark = local.indexOf('?')
  const path = mark < 0 ? local : local.slice(0, mark)
  if (path.includes('%00')) return 400
  return { path: withoutDots(decodePath(path)), query: mark < 0 ? '' : local.slice(mark), raw: local }
}

const fromAbsolute = (target: string): string | undefined => {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return undefined
  const { pathname, search } = new URL(target)
  return pathname + search
}

const decodePath = (raw: string): string => {
  if (!raw.includes('%')) return raw
  return raw
    .split(/(%2f)/i)
    .map((part, index) => (index % 2 === 1 ? part : decode(part)))
    .join('')
}

// Decodes one UTF-8 character at a time: an invalid escape stays as it came and does not affect its neighbors.
const CHARACTER = /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}/gi

const decode = (part: string): string =>
  part.replace(CHARACTER, (character) => {
    try {
      return decodeURIComponent(character)
    } catch {
      return character
    }
  })

const withoutDots = (path: string): string => {
  if (!path.includes('/.')) return path
  const kept: string[] = []
  const parts = path.split('/').slice(1)
  for (const [index, part] of parts.entries()) {
    if (part === '..') kept.pop()
    if (part !== '.' && part !== '..') kept.push(part)
    else if (index === parts.length - 1) kept.push('')
  }
  return `/${kept.join('/')}`
}
