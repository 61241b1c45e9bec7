import { ApiError } from '../errors'

/** A parameter of a resource's route. */
export interface PathParameter {
  readonly describe: string
  readonly pattern: RegExp
  /** The most characters, where the pattern does not state it simply. */
  readonly bounds?: { readonly minLength: number; readonly maxLength: number }
  /** Stored and answered in lower case. */
  readonly lowerCase: boolean
  /** The error message for a value that does not match. */
  readonly refusal: (name: string) => string
}

/** 1 to 256 characters, taken verbatim. */
export function pathText(describe: string): PathParameter {
  return {
    describe,
    // The platform decodes a parameter once but leaves an encoded slash; URL parsers remove a dot segment.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    pattern: /^(?!\.{1,2}$)(?!.*%2f)[^\u0000-\u001f\u007f-\u009f/]{1,256}$/i,
    bounds: { minLength: 1, maxLength: 256 },
    lowerCase: false,
    refusal: (name) => `'${name}' must be 1 to 256 characters, without '/' or control characters.`,
  }
}

/** The id of a GDAP relationship: two GUIDs joined by a hyphen. */
export function relationshipId(describe: string): PathParameter {
  return {
    describe,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    lowerCase: true,
    refusal: (name) => `The passed in ${name} is invalid.`,
  }
}

/** The value of a parameter as it is stored; throws `invalidPath` where it does not match. */
export function parsePathParameter(
  { pattern, lowerCase, refusal }: PathParameter,
  name: string,
  value: string | undefined = '',
): string {
  if (!pattern.test(value)) throw new ApiError('invalidPath', refusal(name), { target: name })
  return lowerCase ? value.toLowerCase() : value
}
