// The one table of names that carry a secret. All are written as `plain` leaves a name.

const EXACT = new Set(
  'sig pwd pass sas jwt xauth secrettext samlresponse codeverifier devicecode connectionstring'.split(' '),
)

// As JSON members these two are common and harmless.
const EXACT_OF_PARAMETERS = new Set(['code', 'key'])

const ENDINGS = [
  ...['clientprincipal', 'token', 'secret', 'secrets', 'password', 'passwd', 'signature', 'assertion'],
  ...['apikey', 'accesskey', 'accountkey', 'sharedkey', 'subscriptionkey', 'functionskey', 'encryptionkey', 'saskey'],
  ...['authorization', 'cookie', 'cookies', 'credential', 'credentials'],
]

// The last three letters rule most names out.
const LAST_LETTERS = new Set(ENDINGS.map((ending) => ending.slice(-3)))

const PARTS_OF_HEADERS = ['token', 'secret', 'password', 'authorization', 'cookie', 'apikey']

// A name shorter than all of these needs no further check: most names in a hostile body are.
const SHORTEST = 3

// Positions in a page or a change feed: not secrets.
const POSITIONS = ['skiptoken', 'deltatoken', 'continuationtoken', 'xmscontinuation']

// Challenges: `Bearer realm="…"` says how to authenticate and is not a credential.
const CHALLENGES = new Set(['wwwauthenticate', 'proxyauthenticate'])

/** Whether a header of this name carries a secret. */
export function isSecretHeader(name: string): boolean {
  const header = plain(name)
  if (isPosition(header) || CHALLENGES.has(header)) return false
  return isSecret(header) || PARTS_OF_HEADERS.some((part) => header.includes(part))
}

/** Whether a header of this name is a challenge, in which no secret follows the name of a scheme. */
export function isChallenge(name: string): boolean {
  return CHALLENGES.has(plain(name))
}

/** Whether a parameter of a URL or a field of a form carries a secret; the name is decoded. */
export function isSecretParameter(name: string): boolean {
  if (name.length < SHORTEST) return false
  const parameter = plain(name)
  return EXACT_OF_PARAMETERS.has(parameter) || (isSecret(parameter) && !isPosition(parameter))
}

/** Whether a member of a JSON object carries a secret; the name is decoded. */
export function isSecretMember(name: string): boolean {
  if (name.length < SHORTEST) return false
  const member = plain(name)
  return isSecret(member) && !isPosition(member)
}

function plain(name: string): string {
  return name.replace(/[-_.$[\]\s]/g, '').toLowerCase()
}

function isSecret(name: string): boolean {
  return EXACT.has(name) || (LAST_LETTERS.has(name.slice(-3)) && ENDINGS.some((ending) => name.endsWith(ending)))
}

function isPosition(name: string): boolean {
  return POSITIONS.some((ending) => name.endsWith(ending))
}
