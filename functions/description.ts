import { endpoints, register } from '../shared/http/register'
import { metadata, openApi } from '../shared/pages/describe'
import { asset, index } from '../shared/pages/page'

register('descriptionAsset', asset)
register('descriptionIndex', index)
register('descriptionMetadata', metadata(endpoints))
register('descriptionMetadataOfContext', metadata(endpoints, 'tenantRelationships/'))
register('descriptionOpenApi', openApi(endpoints))
