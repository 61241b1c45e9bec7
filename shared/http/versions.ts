import { ApiError } from '../errors'

/** The API versions of every route. */
export const VERSIONS: readonly string[] = ['beta', 'v1.0']

/** The API version in a path, in its canonical spelling; undefined for an unknown version. */
export function parseVersion(segment: string | undefined): string | undefined {
  const version = segment?.toLowerCase()
  return VERSIONS.find((known) => known === version)
}

/** The failure of a request whose path does not begin with a version. */
export function unknownVersion(): ApiError {
  return new ApiError('unknownPath', 'There is nothing at this path. Paths begin with /beta or /v1.0.')
}
