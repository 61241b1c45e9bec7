import type { JsonObject } from '../basics/isObject'
import { negotiate } from '../headers/negotiate'
import type { Endpoint } from '../http/endpoint'
import { VERSIONS } from '../http/versions'
import { answerFile, answerPage, HTML } from './files'
import { answerText, keepText, toText } from './texts'

const METHODS = ['GET', 'HEAD'] as const
const JSON_TYPE = 'application/json'

/**
 * The start page: the reference for a browser, otherwise the URLs of the API's descriptions. The platform has no route
 * for `/`, so the request comes through the catch-all, and the router looks for this name.
 */
export const index: Endpoint = {
  methods: METHODS,
  route: 'index.html',
  alwaysAdmitted: true,
  work: async (request, services) => {
    const origin = services.config.publicBaseUrl ?? new URL(request.url).origin
    const type = negotiate(request.headers.get('accept'), undefined, [JSON_TYPE, HTML])
    if (type === JSON_TYPE) {
      const text = await keepText(services, `addresses ${origin}`, () =>
        toText(`${JSON_TYPE};charset=utf-8`, JSON.stringify(addresses(origin, services.config.console.isEnabled))),
      )
      return answerText(request, text, ['Accept'])
    }
    const { authority, audience } = services.config.auth
    const values = {
      origin,
      authority,
      audience: audience.find((name) => name.includes('://')) ?? `api://${audience[0] ?? ''}`,
    }
    return answerPage(request, services, 'page', values, { vary: ['Accept'] })
  },
}

/** The other files of the page. */
export const asset: Endpoint = {
  methods: METHODS,
  route: 'assets/{file}',
  alwaysAdmitted: true,
  work: (request, services) => answerFile(request, services, 'page', request.params.file ?? ''),
}

function addresses(origin: string, hasConsole: boolean): JsonObject {
  return {
    versions: VERSIONS.map((version) => ({
      version,
      serviceDocument: `${origin}/${version}`,
      metadata: `${origin}/${version}/$metadata`,
      openapi: `${origin}/${version}/openapi.json`,
    })),
    reference: `${origin}/`,
    ...(hasConsole && { console: `${origin}/console` }),
    health: `${origin}/health`,
  }
}
