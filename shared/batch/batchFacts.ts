import type { BatchFacts } from '../description/operation'
import { MAX_BATCH_BYTES } from '../errors'
import { preferHeader } from '../headers/prefer'
import { MAX_ANSWER_BYTES } from './answerSpace'
import { BODILESS, MAX_REQUESTS, METHODS, MIN_REQUESTS } from './batchRequests'

/** The facts about batches for the API description. */
export const batchFacts: BatchFacts = {
  name: 'batch',
  title: 'Several requests in one',
  describe: `Runs ${MIN_REQUESTS} to ${MAX_REQUESTS} requests and answers each as if it were sent alone, in the same order. Requests run at the same time, except those that wait for others with \`dependsOn\`. A batch may have ${MAX_BATCH_BYTES / 1e6} MB and its answer ${MAX_ANSWER_BYTES / 1e6} MB. It cannot contain another batch, a bulk or a request for a description.`,
  methods: ['POST'],
  route: '$batch',
  headers: [preferHeader('continue-on-error=false')],
  answers: {
    200: {
      describe: 'The answer to each request, whether it succeeded or failed.',
      headers: ['Preference-Applied'],
    },
  },
  failures: ['unacceptableMediaType', 'unsupportedOperation'],
  minRequests: MIN_REQUESTS,
  maxRequests: MAX_REQUESTS,
  requestMethods: METHODS,
  bodiless: BODILESS,
}
