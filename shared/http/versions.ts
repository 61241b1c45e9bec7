import { ApiError } from '../errors'

/** The versions that every route answers under. */
export const VERSIONS: readonly string[] = ['beta', 'v1.0']

/** The version of a path, as answers spell it; undefined where there is none such. */
export function parseVersion(segment: string | undefined): string | undefined {
  const version = segment?.toLowerCase()
  return VERSIONS.find((known) => known === version)
}

/** The failure of a request whose path does not begin with a version. */
export function unknownVersion(): ApiError {
  return new ApiError('unknownPath', 'There is nothing at this path. Paths begin with /beta or /v1.0.')
}
