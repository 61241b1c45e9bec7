import type { JsonObject } from '../basics/isObject'
import { toCsdl } from '../csdl/csdl'
import { toCsdlXml } from '../csdl/csdlXml'
import { toServiceDocument } from '../csdl/serviceDocument'
import { type Api, inOrder } from '../description/operation'
import { negotiate } from '../headers/negotiate'
import type { Endpoint } from '../http/endpoint'
import type { Request } from '../http/request'
import { parseVersion, unknownVersion } from '../http/versions'
import { parseQueryOptions } from '../odata/queryOptions'
import type { Root } from '../odata/urls'
import { toOpenApi } from '../openapi/openapi'
import { resources } from '../schemas/resources'
import type { Services } from '../services'
import { ODATA_VERSION } from '../verbs/answer'
import { answerText, keepText, toText } from './texts'

const JSON_TYPE = 'application/json'
const XML_TYPE = 'application/xml'
const METHODS = ['GET', 'HEAD'] as const

/** The service document of a version. Public, but a request with an Authorization header is authenticated. */
export function serviceDocument(endpoints: readonly Endpoint[]): Endpoint {
  return {
    methods: METHODS,
    route: '{version}',
    work: async (request, services, trace) => {
      const root = rootOf(request, services)
      const authorization = request.headers.get('authorization')
      if (authorization !== null) {
        const { authenticate, concurrency } = services
        trace.tenant = (await authenticate(authorization, concurrency.identify)).tenantId
      }
      choose(request, [JSON_TYPE])
      const text = await keepText(services, `service ${root.origin}/${root.version}`, () =>
        toText(
          `${JSON_TYPE};odata.metadata=minimal;charset=utf-8`,
          json(toServiceDocument(apiOf(endpoints).operations, root)),
        ),
      )
      const answer = answerText(request, text, ['Accept', 'Authorization'])
      return { ...answer, headers: { ...answer.headers, ...ODATA_VERSION } }
    },
  }
}

/** The Entity Data Model, in XML or JSON; `below` is what stands between the version and `$metadata`. */
export function metadata(endpoints: readonly Endpoint[], below = ''): Endpoint {
  return {
    methods: METHODS,
    route: `{version}/${below}$metadata`,
    alwaysAdmitted: true,
    work: async (request, services) => {
      rootOf(request, services)
      const type = choose(request, [XML_TYPE, JSON_TYPE])
      const text = await keepText(services, `metadata ${type}`, () => {
        const csdl = toCsdl(apiOf(endpoints))
        return toText(`${type};charset=utf-8`, type === XML_TYPE ? toCsdlXml(csdl) : json(csdl))
      })
      const answer = answerText(request, text, ['Accept'])
      return { ...answer, headers: { ...answer.headers, ...ODATA_VERSION } }
    },
  }
}

/** The API of a version as OpenAPI. */
export function openApi(endpoints: readonly Endpoint[]): Endpoint {
  return {
    methods: METHODS,
    route: '{version}/openapi.json',
    alwaysAdmitted: true,
    work: async (request, services) => {
      const root = rootOf(request, services)
      choose(request, [JSON_TYPE])
      const { authority, audience } = services.config.auth
      const issuing = { authority, audience: appIdOf(audience) }
      const text = await keepText(services, `openapi ${root.origin}/${root.version}`, () =>
        toText(`${JSON_TYPE};charset=utf-8`, json(toOpenApi(apiOf(endpoints), root, issuing))),
      )
      return answerText(request, text, ['Accept'])
    },
  }
}

/** The name by which a client asks for tokens: the App ID URI where there is one, else the id; Entra takes either. */
export function appIdOf(audience: readonly string[]): string {
  return audience.find((name) => name.includes('://')) ?? audience[0] ?? ''
}

/** What there is to describe of endpoints. */
export function apiOf(endpoints: readonly Endpoint[]): Api {
  return {
    operations: inOrder(
      endpoints.flatMap(({ operation }) => operation ?? []),
      resources,
    ),
    batches: endpoints.flatMap(({ batch }) => batch ?? []),
  }
}

function rootOf(request: Request, { config }: Services): Root {
  const version = parseVersion(request.params.version)
  if (version === undefined) throw unknownVersion()
  return { origin: config.publicBaseUrl ?? new URL(request.url).origin, version }
}

function choose(request: Request, offered: readonly string[]): string {
  const options = parseQueryOptions(new URL(request.url).searchParams, ['format'])
  return negotiate(request.headers.get('accept'), options.get('format'), offered)
}

function json(value: JsonObject): string {
  return JSON.stringify(value)
}
