// For a resource group that somebody else has made: az deployment group create --parameters infra/resources.bicepparam
using 'resources.bicep'
extends 'prod.bicepparam'
