// Outside the public cloud these differ, and environment() does not know them.
@export()
var clouds = {
  AzureCloud: {
    #disable-next-line no-hardcoded-env-urls // What the app accepts is this text, with no slash at its end.
    authority: 'https://login.microsoftonline.com'
    databaseZone: 'privatelink.documents.azure.com'
  }
  AzureUSGovernment: {
    authority: 'https://login.microsoftonline.us'
    databaseZone: 'privatelink.documents.azure.us'
  }
  AzureChinaCloud: {
    authority: 'https://login.partner.microsoftonline.cn'
    databaseZone: 'privatelink.documents.azure.cn'
  }
}
