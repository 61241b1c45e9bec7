import { register } from '../shared/http/register'
import { consoleFile, consolePage } from '../shared/pages/consolePage'

register('console', consolePage)
register('consoleFile', consoleFile)
