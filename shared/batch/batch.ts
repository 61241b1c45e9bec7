import { MAX_BATCH_BYTES } from '../errors'
import { parseAccept } from '../headers/accept'
import { checkMaxVersion } from '../headers/odataVersion'
import { parsePrefer, preferenceApplied } from '../headers/prefer'
import { refuseRepeatability } from '../headers/repeatability'
import { readBody } from '../http/body'
import { type Endpoint, forCaller } from '../http/endpoint'
import { parseQueryOptions } from '../odata/queryOptions'
import type { Answer } from '../verbs/answer'
import { batchFacts } from './batchFacts'
import { parseBatch } from './batchRequests'
import { type Named, runBatch } from './runBatch'

/** Several requests in one (OData JSON 4.01, 19). `endpoints` may grow after this is made. */
export function batch(endpoints: readonly Named[]): Endpoint {
  return {
    methods: ['POST'],
    route: `{version}/${batchFacts.route}`,
    batch: batchFacts,
    work: forCaller(async (request, services, trace, { version }) => {
      const { headers } = request
      const url = new URL(request.url)
      parseAccept(headers.get('accept'))
      checkMaxVersion(headers.get('odata-maxversion'))
      const { continueOnError } = parsePrefer(headers.get('prefer'))
      refuseRepeatability(headers)
      parseQueryOptions(url.searchParams, [])
      const body = await readBody(request, MAX_BATCH_BYTES)
      const address = { origin: url.origin, publicOrigin: services.config.publicBaseUrl, version }
      const requests = parseBatch(body, address)
      const authorization = headers.get('authorization') ?? ''
      const run = { requests, endpoints, services, trace, authorization, stopsAtFailure: continueOnError === false }
      return toAnswer(await runBatch(run), continueOnError)
    }),
  }
}

function toAnswer(responses: readonly string[], continueOnError: boolean | undefined): Answer {
  const headers = {
    'Content-Type': 'application/json',
    'OData-Version': '4.0',
    ...preferenceApplied({ continueOnError }),
  }
  return { status: 200, headers, body: `{"responses":[${responses.join(',')}]}` }
}
