// Database and storage at addresses in the network, where the app finds them by their public names.
import { Tags } from '../settings.bicep'

param location string
param tags Tags
param networkId string
param subnetId string
param databaseZone string
param databaseName string
param databaseId string
param storageName string
param storageId string
param packagesName string
param packagesId string

module databaseNames 'privateZone.bicep' = {
  params: { zoneName: databaseZone, tags: tags, networkId: networkId }
}

module blobNames 'privateZone.bicep' = {
  params: { zoneName: 'privatelink.blob.${environment().suffixes.storage}', tags: tags, networkId: networkId }
}

module databaseEndpoint 'privateEndpoint.bicep' = {
  params: {
    // By the account: an endpoint cannot be turned to another one.
    name: databaseName
    location: location
    tags: tags
    targetId: databaseId
    groupId: 'Sql'
    zoneId: databaseNames.outputs.zoneId
    subnetId: subnetId
  }
}

module storageEndpoint 'privateEndpoint.bicep' = {
  params: {
    name: storageName
    location: location
    tags: tags
    targetId: storageId
    groupId: 'blob'
    zoneId: blobNames.outputs.zoneId
    subnetId: subnetId
  }
}

module packagesEndpoint 'privateEndpoint.bicep' = {
  params: {
    name: packagesName
    location: location
    tags: tags
    targetId: packagesId
    groupId: 'blob'
    zoneId: blobNames.outputs.zoneId
    subnetId: subnetId
  }
}
