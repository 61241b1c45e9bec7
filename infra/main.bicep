// The whole service in a resource group of its own. Deploy with azd up, or az deployment sub create.
targetScope = 'subscription'

import { Region } from 'regions.bicep'
import { Settings } from 'settings.bicep'
import { problemsOf } from 'rules.bicep'

@description('Names the resource group and everything in it, in lower case. 20 characters at most, or names grow too long.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('Where everything is made.')
param location Region

@description('What an operator decides.')
param settings Settings

var containerNames = map(loadJsonContent('containers.json'), container => container.name)
var problems = problemsOf(environmentName, location, containerNames, settings)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  // Before anything is made, also not the group.
  name: empty(problems) ? 'rg-${toLower(environmentName)}' : fail(join(problems, ' '))
  location: location
  // As azd spells it, or azd would not find the group again.
  tags: { 'azd-env-name': environmentName }
}

module resources 'resources.bicep' = {
  scope: group
  params: { environmentName: environmentName, location: location, settings: settings }
}

// The names that azd keeps in its environment, and that scripts read.
output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = resources.outputs.FUNCTION_APP_NAME
output SERVICE_API_ENDPOINT_URL string = resources.outputs.SERVICE_API_ENDPOINT_URL
