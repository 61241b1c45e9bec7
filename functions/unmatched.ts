import { endpoints, register } from '../shared/http/register'
import { unmatched as catchAll } from '../shared/http/unmatched'

/** Answers every path and method that no other function takes. Its name must sort last. */
export const unmatched = register('unmatched', catchAll(endpoints))
