/** What the description of the API says of a header: its name in the usual spelling, and what it is for. */
export interface HeaderField {
  readonly name: string
  readonly describe: string
  /** Its value is a GUID. */
  readonly isGuid?: true
  /** A request without it is refused. */
  readonly required?: true
}
