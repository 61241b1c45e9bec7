import { endpoints, register } from '../shared/http/register'
import { serviceDocument } from '../shared/pages/describe'

// Its route takes any path of one segment, so its name must sort after the functions of all others.
register('serviceDocument', serviceDocument(endpoints))
