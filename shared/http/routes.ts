/** The segments of a path, each decoded once. A trailing slash is ignored. */
export function splitPath(path: string): string[] {
  return path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map(decodeSegment)
}

/**
 * The parameters of a path that matches a route, as the platform reads them (literals in any case), or as OData has
 * them: keys in parentheses. Undefined where it does not match.
 */
export function matchRoute(route: string, segments: readonly string[]): Record<string, string> | undefined {
  const templates = route.split('/')
  const params: Record<string, string> = {}
  let at = 0
  for (const segment of segments) {
    const template = templates[at] ?? ''
    const name = parameterOf(template)
    const key = parameterOf(templates[at + 1])
    const keyValue = key === undefined || name !== undefined ? undefined : keyOf(template, segment)
    if (segment === '') return undefined
    if (key !== undefined && keyValue !== undefined) params[key] = keyValue
    else if (name !== undefined) params[name] = segment
    else if (template.toLowerCase() !== segment.toLowerCase()) return undefined
    at += keyValue === undefined ? 1 : 2
  }
  return at === templates.length ? params : undefined
}

function parameterOf(template: string | undefined): string | undefined {
  return /^\{(\w+)\}$/.exec(template ?? '')?.[1]
}

// The key of `template('key')`, `template(key)` or `template(id='key')`, where it is not empty.
function keyOf(template: string, segment: string): string | undefined {
  const rest = segment.slice(template.length)
  if (segment.slice(0, template.length).toLowerCase() !== template.toLowerCase()) return undefined
  const [, key] = /^\((?:id=)?(.+)\)$/is.exec(rest) ?? []
  if (key?.startsWith("'") !== true) return key
  // A quote inside of quotes is doubled (OData 4.01 part 2, 4.3.1).
  return /^'(?:[^']|'')*'$/.test(key) ? key.slice(1, -1).replaceAll("''", "'") : undefined
}

// The platform leaves an encoded slash as it is.
function decodeSegment(segment: string): string {
  try {
    return segment
      .split(/(%2f)/i)
      .map((part, index) => (index % 2 === 1 ? part : decodeURIComponent(part)))
      .join('')
  } catch {
    return segment
  }
}
