// What azd up reads: dev, or what its environment says.
using 'main.bicep'
extends 'dev.bicepparam'

// azd asks for both and sets them.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
