import { consoleFile, consolePage } from '../shared/http/consolePage'
import { register } from '../shared/http/register'

register('console', consolePage)
register('consoleFile', consoleFile)
