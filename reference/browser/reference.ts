interface Operation {
  security?: unknown
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> }
}

/** The part of an OpenAPI document that the page uses. */
export interface Spec {
  servers: unknown
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { securitySchemes: Record<string, unknown> }
}

// The partner of the documented examples.
const EXAMPLE_TENANT = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'

/**
 * Adapts the document to this page: requests go to the page's own origin with the pasted token as the only way to sign
 * in, and the examples use the token's own tenant.
 */
export function toLocalSpec(spec: Spec, tenant = EXAMPLE_TENANT): Spec {
  // A copy of what is a Spec.
  const copy = JSON.parse(JSON.stringify(spec).replaceAll(EXAMPLE_TENANT, tenant)) as Spec
  copy.servers = [{ url: `${location.origin}/beta` }]
  copy.components.securitySchemes = {}
  for (const item of Object.values(copy.paths)) {
    for (const operation of Object.values(item)) operation.security = []
  }
  return copy
}

interface SwaggerRequest {
  headers: Record<string, string>
}

interface SwaggerUi {
  (options: Readonly<Record<string, unknown>>): unknown
  readonly presets: { readonly apis: unknown }
}

/** Shows every request of a document, with a form to send it. The library is loaded when it is first needed. */
export async function showReference(spec: Spec, token: () => string): Promise<void> {
  const swagger = await loadSwagger()
  swagger({
    spec,
    domNode: document.getElementById('swagger-ui'),
    presets: [swagger.presets.apis],
    layout: 'BaseLayout',
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    displayOperationId: false,
    tryItOutEnabled: true,
    validatorUrl: null,
    requestInterceptor: (request: SwaggerRequest) => {
      if (token() !== '') request.headers.Authorization = `Bearer ${token()}`
      return request
    },
  })
}

const loadSwagger = (): Promise<SwaggerUi> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/assets/swagger-ui-bundle.js'
    script.onload = () => {
      // What the script defines.
      resolve((window as unknown as { SwaggerUIBundle: SwaggerUi }).SwaggerUIBundle)
    }
    script.onerror = () => reject(new Error('the reference cannot be loaded'))
    document.head.append(script)
  })
