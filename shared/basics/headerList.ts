// A quoted string belongs to one element, commas included; so does everything after an unclosed quote.
const ELEMENT = /(?:"(?:\\.|[^"])*(?:"|$)|[^",])+/g

/** The elements of a header whose value is a comma-separated list (RFC 9110, 5.6.1), trimmed. */
export function splitHeaderList(header: string): string[] {
  return (header.match(ELEMENT) ?? []).map((element) => element.trim())
}
