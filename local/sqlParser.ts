import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

const RULE = /^ {2}function (peg\$parse\w*)\(\) \{$/gm
const START = '  peg$result = peg$startRuleFunction();'

/**
 * Adds memoization to the SQL parser of the embedded database. Without it each pair of parentheses is parsed again at
 * each level of precedence, so that each level of nesting takes eight times as long and blocks the process; with it the
 * time is linear in the length. Call this before the database is loaded.
 */
export function rememberParsed(): void {
  const path = require.resolve('@zeit/cosmosdb-query/lib/parser.js')
  if (require.cache[path] !== undefined) return
  const source = readFileSync(path, 'utf8')
  const remembering = source
    .replace(
      RULE,
      (_, rule: string) =>
        `  function ${rule}() { return peg$remember('${rule}', ${rule}$anew) }\n  function ${rule}$anew() {`,
    )
    .replace(START, () => `${REMEMBER}\n${START}`)
  if (!remembering.includes(REMEMBER) || !remembering.includes('$anew'))
    throw new Error('the parser of the embedded database has changed')
  const module = new Module(path)
  module.filename = path
  module.paths = require.resolve.paths(path) ?? []
  // Node's own way to run the text of a module; its types leave it out.
  const compile = Reflect.get(module, '_compile') as (this: Module, text: string, filename: string) => void
  compile.call(module, remembering, path)
  module.loaded = true
  require.cache[path] = module
}

// The result of each rule at each position, with the position after it.
const REMEMBER = `  var peg$remembered = new Map();
  function peg$remember(rule, parse) {
    var key = rule + peg$currPos;
    var known = peg$remembered.get(key);
    if (known === undefined) {
      known = { result: parse(), position: 0 };
      known.position = peg$currPos;
      peg$remembered.set(key, known);
    } else peg$currPos = known.position;
    return known.result;
  }
`
