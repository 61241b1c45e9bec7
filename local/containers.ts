import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resources } from '../shared/schemas/resources'
import { toContainer } from './toContainer'

// Writes the containers of all resources to the file that Bicep and the embedded database read.
const FILE = 'infra/containers.json'

writeFileSync(FILE, JSON.stringify(resources.map(toContainer), null, 2))
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', FILE])
console.log(`Wrote ${FILE}.`)
