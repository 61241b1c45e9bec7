// An address in the network for one service, and the name by which the app finds it there.
import { Tags } from '../settings.bicep'

param name string
param location string
param tags Tags
param targetId string
param groupId string
param zoneId string
param subnetId string

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: 'pep-${name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: 'nic-${name}'
    privateLinkServiceConnections: [
      { name: groupId, properties: { privateLinkServiceId: targetId, groupIds: [groupId] } }
    ]
  }
}

// Without it the zone stays empty and the name resolves to the public address, which is closed.
resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = {
  parent: endpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: groupId, properties: { privateDnsZoneId: zoneId } }] }
}
