import { batch } from '../shared/batch/batch'
import { endpoints, register } from '../shared/http/register'

register('batch', batch(endpoints))
