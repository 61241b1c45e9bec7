import { metadata, openApi } from '../shared/http/describe'
import { asset, index } from '../shared/http/page'
import { endpoints, register } from '../shared/http/register'

register('descriptionAsset', asset)
register('descriptionIndex', index)
register('descriptionMetadata', metadata(endpoints))
register('descriptionMetadataOfContext', metadata(endpoints, 'tenantRelationships/'))
register('descriptionOpenApi', openApi(endpoints))
