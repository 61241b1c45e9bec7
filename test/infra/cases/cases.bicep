// What the rules say of each of many settings: one run of the CLI instead of one for each.
import { problemsOf } from 'rules.bicep'
import { Settings } from 'settings.bicep'

param cases Settings[]

output problems (string[])[] = [for one in cases: problemsOf('ledger', 'swedencentral', [], one)]
