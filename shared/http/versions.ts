import { ApiError } from '../errors'

const VERSIONS: readonly string[] = ['beta', 'v1.0']

/** The version of a path, as answers spell it; undefined where there is none such. */
export const parseVersion = (segment: string | undefined): string | undefined => {
  const version = segment?.toLowerCase()
  return VERSIONS.find((known) => known === version)
}

/** The failure of a request for a path that is not there. */
export const unknownPath = (): ApiError =>
  new ApiError('unknownPath', 'There is nothing at this path. Paths begin with /beta or /v1.0.')
