// Who may touch documents: a role with just what the code does, granted for each container and never for the account.
param accountName string
param databaseName string
param containerNames string[]

@sealed()
type Grant = {
  @description('What the name of an assignment is made from; known before anything is deployed.')
  key: string
  principalId: string
}
param grants Grant[]

var data = 'Microsoft.DocumentDB/databaseAccounts'
var roleId = guid(resourceGroup().id, accountName, 'ledger-writer')
var pairs = flatten(map(grants, grant => map(containerNames, container => { grant: grant, container: container })))

resource account 'Microsoft.DocumentDB/databaseAccounts@2026-03-15' existing = {
  name: accountName
}

resource writer 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2026-03-15' = {
  parent: account
  name: roleId
  properties: {
    roleName: 'Ledger writer'
    type: 'CustomRole'
    assignableScopes: map(containerNames, container => '${account.id}/dbs/${databaseName}/colls/${container}')
    permissions: [
      {
        dataActions: [
          '${data}/readMetadata'
          '${data}/sqlDatabases/containers/executeQuery'
          // The SDK asks for a query plan before it runs some queries, and the store wants this for it.
          '${data}/sqlDatabases/containers/readChangeFeed'
          '${data}/sqlDatabases/containers/items/create'
          '${data}/sqlDatabases/containers/items/read'
          '${data}/sqlDatabases/containers/items/replace'
          '${data}/sqlDatabases/containers/items/delete'
        ]
      }
    ]
  }
}

// One after the other: the account refuses a second change while it works on one.
@batchSize(1)
resource assignments 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2026-03-15' = [
  for pair in pairs: {
    parent: account
    name: guid(account.id, databaseName, pair.container, pair.grant.key, roleId)
    properties: {
      roleDefinitionId: writer.id
      principalId: pair.grant.principalId
      scope: '${account.id}/dbs/${databaseName}/colls/${pair.container}'
    }
  }
]
