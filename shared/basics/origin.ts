const LABEL = '[a-z\\d](?:[a-z\\d-]*[a-z\\d])?'
const ORIGIN = new RegExp(`^https?://(?:${LABEL}(?:\\.${LABEL})*|\\[::1\\])(?::\\d{1,5})?/?$`, 'i')

/** The URL of a text, undefined where it is none. */
export function toUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/** Whether a text is a scheme and a host, maybe a port, and no path. */
export function isOrigin(text: string): boolean {
  return ORIGIN.test(text) && URL.canParse(text)
}

/** An origin as browsers write it. */
export function toOrigin(text: string): string {
  return new URL(text).origin
}
