// Loads one file as the worker would and prints milliseconds and resident bytes.
const Module = require('node:module')
const { resolve } = require('node:path')

const core = {
  version: '0',
  hostVersion: '4',
  registerFunction: () => undefined,
  registerHook: () => undefined,
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
}
const load = Module._load
Module._load = (name, ...rest) => (name === '@azure/functions-core' ? core : load(name, ...rest))

const start = process.hrtime.bigint()
require(resolve(process.argv[2]))
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
console.log(JSON.stringify({ milliseconds, rss: process.memoryUsage().rss }))
