import { redactBody } from '../redaction/redactBody'
import { redactHeader } from '../redaction/redactHeader'
import { redactUrl } from '../redaction/redactUrl'
import { collection, complex, int32, string } from './types'

const httpHeader = complex(
  'httpHeader',
  {
    name: string({ describe: 'Name of the header.' }),
    value: string({ describe: 'Value of the header, secrets replaced by [redacted].' }),
  },
  { redact: redactHeader },
)

/** The request that was made to a customer tenant. */
export const httpRequest = complex('httpRequest', {
  method: string({ describe: 'HTTP method.' }),
  url: string({ redact: redactUrl, describe: 'URL, secrets replaced by [redacted].' }),
  body: string({ redact: redactBody, describe: 'Body as a string, secrets replaced by [redacted].' }),
  headers: collection(httpHeader, { describe: 'Headers.' }),
})

/** The response to it. */
export const httpResponse = complex('httpResponse', {
  status: int32({ describe: 'HTTP status.' }),
  body: string({ redact: redactBody, describe: 'Body as a string, secrets replaced by [redacted].' }),
  headers: collection(httpHeader, { describe: 'Headers.' }),
})
