import { ApiError } from '../errors'

const NAME = 'OData-MaxVersion'

/** Throws `invalidHeader` where the client cannot read OData 4.0, the version of every answer. */
export function checkMaxVersion(header: string | null): void {
  if (header === null || (/^\d+(\.\d+)?$/.test(header.trim()) && Number(header) >= 4)) return
  throw new ApiError('invalidHeader', `'${NAME}' must be 4.0 or higher: answers are OData 4.0.`, { target: NAME })
}
