// Loads a bundle with an empty environment, as a worker whose app has no setting would, and tells what that did.
const fs = require('node:fs')
const Module = require('node:module')
const net = require('node:net')
const { resolve } = require('node:path')

const bundle = resolve(process.argv[2])
for (const name of Object.keys(process.env)) delete process.env[name]

const registered = []
const hooks = []
const touched = []
const core = {
  version: '0',
  hostVersion: '4',
  registerFunction: ({ name }) => registered.push(name),
  registerHook: (name) => hooks.push(name),
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
}
const load = Module._load
Module._load = (name, ...rest) => (name === '@azure/functions-core' ? core : load(name, ...rest))

const watch = (object, name) => {
  const original = object[name]
  object[name] = function (...args) {
    // The loader itself reads the bundle.
    if (
      args[0] !== bundle &&
      !/Module\._extensions|node:internal\/modules/.test(new Error().stack.split('\n')[2] ?? '')
    )
      touched.push(name)
    return original.apply(this, args)
  }
}
for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'writeFileSync', 'writeFile']) watch(fs, name)
for (const name of ['createReadStream', 'createWriteStream', 'watch', 'watchFile', 'mkdirSync', 'readdirSync'])
  watch(fs, name)
for (const name of ['readFile', 'writeFile', 'open', 'readdir']) watch(fs.promises, name)
for (const name of ['lookup', 'resolve']) watch(require('node:dns'), name)
for (const name of ['spawn', 'exec', 'execFile', 'fork', 'spawnSync']) watch(require('node:child_process'), name)
for (const name of ['connect', 'createConnection', 'createServer']) watch(net, name)
watch(net.Socket.prototype, 'connect')
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch']) watch(globalThis, name)

// Whoever looks at a standard stream opens it; that is not counted.
void [process.stdout.isTTY, process.stderr.isTTY]
const before = process.getActiveResourcesInfo()
require(bundle)
const open = process.getActiveResourcesInfo().filter((name) => !before.includes(name))
console.log(JSON.stringify({ registered, hooks, touched, open }))
