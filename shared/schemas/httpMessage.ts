import { redactHeader, redactUrl } from './redaction'
import { collection, complex, int32, string } from './types'

/** One header; the value of one that carries a secret is replaced before anything is stored. */
const httpHeader = () =>
  complex('httpHeader', { name: string().nullish(), value: string().nullish() }, { overwrite: redactHeader })

/** The request that was made to a customer tenant. */
export const httpRequest = () =>
  complex('httpRequest', {
    method: string().nullish(),
    url: string()
      .nullish()
      .overwrite((url) => (typeof url === 'string' ? redactUrl(url) : url)),
    body: string().nullish(),
    headers: collection(httpHeader()).nullish(),
  })

/** The answer to it. */
export const httpResponse = () =>
  complex('httpResponse', {
    status: int32().nullish(),
    body: string().nullish(),
    headers: collection(httpHeader()).nullish(),
  })
