import { expect, it } from 'vitest'
import { readText } from './deployed'

const text = readText('.github/workflows/deploy.yml')
const [head = '', build = '', deploy = ''] = text.split(/\n {2}(?:build|deploy):\n/)

const parameters = ['infra/dev.bicepparam', 'infra/prod.bicepparam'].flatMap((file) =>
  [...readText(file).matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(([, name]) => name),
)

it('by default a job may read the repository, and nothing else', () => {
  expect(head).toMatch(/^permissions:\n {2}contents: read$/m)
  expect(head).not.toContain('write')
})

it('what runs the code of packages has no rights: it builds, tests and hands over', () => {
  for (const step of ['npm ci', 'npm run check', 'npm run infra', 'npm run build'])
    expect(build).toContain(`run: ${step}\n`)
  expect(build).toContain('actions/upload-artifact@')
  expect(build).not.toMatch(/permissions:|id-token|environment:|azure\/login|\bvars\./)
})

it('what has the rights runs nothing but the Azure CLI on what was handed over', () => {
  expect(deploy).toMatch(/^ {4}needs: build$/m)
  expect(deploy).toMatch(/permissions:\n(?: +#.*\n)* {6}id-token: write\n {4}env:/)
  expect(deploy).not.toMatch(/\bnpm\b|\bnpx\b|\bnode\b|checkout|setup-node/)
  const uses = [...deploy.matchAll(/uses: ([\w-]+\/[\w-]+)@/g)].map(([, action]) => action)
  expect(uses).toEqual(['actions/download-artifact', 'azure/login'])
  const runs = [...deploy.matchAll(/run: (.*)/g)].map(([, command]) => command)
  expect(runs).toEqual(['sh infra/deploy.sh "$STAGE" --resource-group "$AZURE_RESOURCE_GROUP" --package package.zip'])
})

it('it deploys into one group, whose stage has a GitHub environment of its own', () => {
  expect(deploy).toMatch(/^ {4}environment: \$\{\{ inputs\.stage \}\}$/m)
  expect(deploy).toMatch(/^ {6}AZURE_RESOURCE_GROUP: \$\{\{ vars\.AZURE_RESOURCE_GROUP \}\}$/m)
})

it('it gives what the parameter files read', () => {
  expect(parameters.length).toBeGreaterThan(0)
  for (const name of parameters) expect(deploy).toContain(`${name}: \${{ vars.${name} }}`)
})
