const MAX_NAME = 128

/** The path of a property as errors name it, like `request.headers[2].name`; empty for the body itself. */
export function toPropertyPath(path: readonly (string | number)[]): string {
  return path.map((part, index) => segment(part, index === 0)).join('')
}

function segment(part: string | number, first: boolean): string {
  if (typeof part === 'number') return `[${part}]`
  // The path is part of the response, so it must be valid Unicode.
  const name = (part.length > MAX_NAME ? `${part.slice(0, MAX_NAME)}…` : part).toWellFormed()
  if (!/^[\p{L}_@][\p{L}\p{N}_@.-]*$/u.test(name)) return `['${name}']`
  return first ? name : `.${name}`
}
