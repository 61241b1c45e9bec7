import { health as probe } from '../shared/http/health'
import { register } from '../shared/http/register'

/** Says whether the store answers. */
export const health = register('health', probe())
