/** Whether a result is a success, in words as well as in colour. */
export function Badge({ isSuccess }: { readonly isSuccess: boolean | undefined }) {
  return isSuccess === true ? <span class="badge succeeded">Succeeded</span> : <span class="badge failed">Failed</span>
}
