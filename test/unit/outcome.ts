import { ApiError } from '../../shared/errors'

/** What a call came to: its value, or the failure and its target. */
export const outcome = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return `${error.failure} ${error.target ?? ''}`.trim()
  }
}
