import { describe, expect, it } from 'vitest'
import { at, itemsAt, onlyOf, readText } from './deployed'
import { types } from './resourceTypes'

const pages = ['docs/deploy.md', 'docs/clients.md'] as const

/** The commands of a page, as somebody would paste them one after the other. */
const commandsOf = (page: string): string =>
  [...readText(page).matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block = '']) => block).join('\n')

const withoutComments = (commands: string): string => commands.replace(/(^|\s)#(?= ).*$/gm, '')

describe.each(pages)('%s', (page) => {
  const commands = withoutComments(commandsOf(page))
  const variables = [...commands.matchAll(/\$\{?([A-Z_]{2,})/g)]

  it('sets every variable before it is read', () => {
    expect(variables.length).toBeGreaterThan(5)
    for (const { 1: name = '', index } of variables) {
      const before = commands.slice(0, index)
      expect(new RegExp(`(^|\\s)(export )?${name}=`, 'm').test(before), `$${name}`).toBe(true)
    }
  })

  it('leaves no name in capitals to be replaced by hand', () => {
    const named = commands.replace(/azd env set \w+/g, '')
    const words = [...named.matchAll(/(?<![\w$={"'\][/.-])[A-Z][A-Z_]{2,}(?![\w=(])/g)].map(([word]) => word)
    const fixed = ['POST', 'PATCH', 'PUT', 'DISABLED', 'GMT']
    expect(words.filter((word) => !fixed.includes(word))).toEqual([])
  })
})

const deploy = commandsOf('docs/deploy.md')
const read = [...readText('infra/prod.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
  ([, name]) => name,
)

it('providers are registered before anything is deployed', () => {
  expect(deploy).toMatch(/az provider register --namespace "\$namespace" --wait$/m)
})

it.each(read)('%s is set for the script, for azd and for GitHub', (name) => {
  expect(deploy).toMatch(new RegExp(`^export ${name}=`, 'm'))
  expect(deploy).toContain(`azd env set ${name} "$${name}"`)
  expect(deploy).toContain(`"${name}=$${name}"`)
})

it('each variable of the workflow is set, and no other', () => {
  const used = [...readText('.github/workflows/deploy.yml').matchAll(/vars\.(\w+)/g)].map(([, name]) => name)
  const [, loop = ''] = /for setting in ([\s\S]*?); do/.exec(deploy) ?? []
  const set = [...loop.matchAll(/"([A-Z_]+)=/g)].map(([, name]) => name)
  expect([...new Set(used)].sort()).toEqual(set.sort())
})

it('each stage has a deployer of its own, with rights over one group, for one branch', () => {
  expect(deploy).toContain('--display-name "ledger deployer $STAGE"')
  expect(deploy).toContain('--scope "/subscriptions/$SUBSCRIPTION/resourceGroups/$GROUP"')
  expect(deploy).not.toMatch(/--scope "\/subscriptions\/\$SUBSCRIPTION"/)
  expect(deploy).toMatch(/deployment-branch-policies" -f name=main$/m)
})

// github.com/github/docs/pull/45221: the default subject has had the ids of owner and repository since 15 July 2026.
it('the subject of the deployer is the one that GitHub uses for this repository, in either form', () => {
  expect(deploy).toContain('actions/oidc/customization/sub" --jq .sub_claim_prefix')
  expect(deploy).toContain(`\${SUBJECT:-repo:$REPOSITORY}"':environment:`)
})

// learn.microsoft.com/graph/api/resources/application: requiredResourceAccess, spa.
it('the client of the console is a single-page application that may read, and has no secret', () => {
  const scopes = itemsAt(JSON.parse(readText('infra/appRegistration.json')), 'api.oauth2PermissionScopes')
  const id = at(
    scopes.find((scope) => at(scope, 'value') === 'ManagedTenants.Read.All'),
    'id',
  )
  expect(deploy).toContain(`"resourceAccess": [{ "id": "${id}", "type": "Scope" }]`)
  expect(deploy).toContain('--id "$CONSOLE_CLIENT_ID" --api "$APP_ID" --scope ManagedTenants.Read.All\n')
  expect(deploy).toContain(`{ "spa": { "redirectUris": ["'"$URL/console"'"] } }`)
  expect(deploy).not.toMatch(/credential reset|redirect-uris/)
})

it('a variable without a value is not set in GitHub', () => {
  expect(deploy).toMatch(/\[ -z "\$\{setting#\*=\}" \] \|\| gh variable set/)
})

it('who reads twice as dear for bounded staleness is told', () => {
  const consistency = at(onlyOf('prod', types.account), 'properties.consistencyPolicy.defaultConsistencyLevel')
  expect(consistency).toBe('BoundedStaleness')
  expect(readText('docs/deploy.md')).toMatch(/bounded\s+staleness[\s\S]{0,120}reads are charged twice/)
})

it('a partner is told how to get a token in curl, PowerShell and an SDK', () => {
  const text = readText('docs/clients.md')
  for (const how of [
    'curl -s "https://login.microsoftonline.com/',
    'Invoke-RestMethod -Method Post',
    'getToken(`api://',
  ])
    expect(text).toContain(how)
  expect(text).toContain('az ad app permission admin-consent')
})
