import { batch } from '../shared/http/batch'
import { endpoints, register } from '../shared/http/register'

register('batch', batch(endpoints))
