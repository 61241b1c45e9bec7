import { health } from '../shared/http/health'
import { register } from '../shared/http/register'

register('health', health)
