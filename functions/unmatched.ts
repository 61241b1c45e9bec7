import { endpoints, register } from '../shared/http/register'
import { unmatched } from '../shared/http/unmatched'

// Its name must sort last: the platform tries functions in the order of their names.
register('unmatched', unmatched(endpoints))
