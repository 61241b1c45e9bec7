/** A header in the description of the API: its name in the usual spelling, and its purpose. */
export interface HeaderField {
  readonly name: string
  readonly describe: string
  /** Its value is a GUID. */
  readonly isGuid?: true
  /** A request without it is refused. */
  readonly required?: true
}
