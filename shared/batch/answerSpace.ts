import { ApiError, toApiError } from '../errors'
import { preferenceApplied } from '../headers/prefer'
import type { Answer } from '../verbs/answer'

/** The bytes that the answer to a batch may have. */
export const MAX_ANSWER_BYTES = 8_000_000

// Id, status and headers of one answer, and an error without details.
const RESERVED_BYTES = 5000

/** What is left of the answer to a batch, for whichever of its requests ends first. */
export interface Space {
  /** The answer that `answering` comes to, or what of it there is room for. Throws `responseTooLarge` for a read. */
  fit(method: string, answering: Promise<Answer>): Promise<Answer>
}

/** The space for the answers to so many requests. */
export function answerSpace(requests: number): Space {
  let left = MAX_ANSWER_BYTES - requests * RESERVED_BYTES

  function take(body: unknown): boolean {
    const size = Buffer.byteLength(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''))
    if (size > left) return false
    left -= size
    return true
  }

  return {
    async fit(method, answering) {
      let answer: Answer
      try {
        answer = await answering
      } catch (thrown) {
        const error = toApiError(thrown)
        throw take(error.details) ? error : withoutDetails(error)
      }
      if (method === 'HEAD' || take(answer.body)) return answer
      if (method === 'GET') throw responseTooLarge()
      return toMinimal(answer)
    },
  }
}

// What was written is said, if not shown: as `Prefer: return=minimal` would have it.
function toMinimal({ headers }: Answer): Answer {
  const { 'Content-Type': _type, 'Preference-Applied': applied, Location, ...rest } = headers
  const minimal = preferenceApplied({ returnMinimal: true })['Preference-Applied']
  const preferences = [minimal, applied].filter((one) => one !== undefined).join(', ')
  const location = Location === undefined ? {} : { Location, 'OData-EntityId': Location }
  return { status: 204, headers: { ...rest, ...location, 'Preference-Applied': preferences } }
}

function withoutDetails({ failure, message, target, headers, cause }: ApiError): ApiError {
  return new ApiError(failure, message, { ...(target === undefined ? {} : { target }), headers, cause })
}

function responseTooLarge(): ApiError {
  const message = `The answer to the batch would be larger than ${MAX_ANSWER_BYTES} bytes: send this request alone.`
  return new ApiError('responseTooLarge', message)
}
