import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

const RULE = /^ {2}function (peg\$parse\w*)\(\) \{$/gm
const START = '  peg$result = peg$startRuleFunction();'

/**
 * Lets the SQL parser of the embedded database remember what it has parsed where. It is generated without that, tries
 * each pair of parentheses anew at each level of precedence, and takes eight times as long for each level of nesting,
 * while nothing else runs; with it the time grows with the length. To be called before the database is loaded.
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

// Where a rule was tried before, its result and the position after it are known.
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
