// Values of the settings that both the templates and the app read, and which of them are refused. npm run infra tries
// each on the rules of rules.bicep, test/infra/settingValues.test.ts on parseConfig: what deploys must also start.
import { readFileSync } from 'node:fs'

/** @typedef {{ values: Record<string, string>, refused: readonly string[] }} SettingCase */
/** @typedef {{ auth: Record<string, unknown>, app: Record<string, unknown> }} Settings */
/** @typedef {{ name: string, put: (settings: Settings, value: string) => void }} Place */

const { functionTimeout } = JSON.parse(readFileSync(new URL('../host.json', import.meta.url), 'utf8'))
const [hours, minutes, seconds] = functionTimeout.split(':').map(Number)

// At the end of functionTimeout the platform restarts the worker, and other requests are lost with the one that is late:
// learn.microsoft.com/azure/azure-functions/functions-scale#timeout. Half of it leaves room for all but the waiting.
const BUDGET = ((hours * 60 + minutes) * 60 + seconds) * 500

/** @type {(part: 'auth' | 'app', member: string, read: (value: string) => unknown) => Place} */
const place = (part, member, read) => ({
  name: `${part}.${member}`,
  put: (settings, value) => {
    settings[part][member] = read(value)
  },
})

/** As the parameter files do it. @param {string} value */
const split = (value) => value.split(',')

/** Where a setting of the app stands in the settings of a deployment. @type {Readonly<Record<string, Place>>} */
export const settingPlaces = {
  AUTH_AUDIENCE: place('auth', 'audiences', split),
  AUTH_ALLOWED_TENANTS: place('auth', 'allowedTenants', split),
  AUTH_DEADLINE_MS: place('auth', 'deadlineMs', Number),
  PUBLIC_BASE_URL: place('app', 'publicBaseUrl', String),
  STORE_DEADLINE_MS: place('app', 'storeDeadlineMs', Number),
  STORE_THROTTLE_MS: place('app', 'storeThrottleMs', Number),
  MAX_IN_FLIGHT: place('app', 'httpConcurrency', Number),
  CONSOLE_CLIENT_ID: place('app', 'consoleClientId', String),
  CONSOLE_ENABLED: place('app', 'consoleEnabled', (value) => value === 'true'),
  LOG_LEVEL: place('app', 'logLevel', String),
}

const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'

/** @type {Readonly<Record<string, { taken: readonly string[], refused: readonly string[] }>>} */
const alone = {
  AUTH_AUDIENCE: {
    taken: [
      GUID,
      GUID.toUpperCase(),
      'api://ledger',
      `api://${GUID}`,
      'https://contoso.com/ledger',
      'https://ledger.contoso.com',
      `${GUID}, api://ledger`,
      ` ${GUID} ,api://ledger `,
      "api://a-b_c.d~e/f?g=h&i#j[k]@l!m$n'o(p)q*r+s;t:u%20",
    ],
    refused: [
      'hello',
      'api://',
      'https://',
      'http://ledger.contoso.com',
      'api://a b',
      'api://ä',
      `${GUID},,`,
      `{${GUID}}`,
    ],
  },
  AUTH_ALLOWED_TENANTS: {
    taken: ['*', GUID, GUID.toUpperCase(), `${GUID}, ${GUID}`, `${GUID},*`],
    refused: [
      'contoso',
      'x'.repeat(36),
      GUID.replaceAll('-', '0'),
      GUID.replace('5', 'g'),
      '5e9a1d2c7-b34-4c58-9f06-3a8e2d71b6c4',
      `${GUID}-`,
      `${GUID},`,
      '**',
    ],
  },
  PUBLIC_BASE_URL: {
    taken: [
      'https://ledger.contoso.com',
      'https://ledger.contoso.com/',
      'https://Ledger.Contoso.com',
      'https://ledger.contoso.com:8443',
      'https://ledger.contoso.com:443',
      'https://ledger',
    ],
    refused: [
      'https://host name?x',
      'https://ledger.contoso.com/path',
      'https://ledger.contoso.com//',
      'https://ledger.contoso.com?x',
      'https://ledger.contoso.com#x',
      'https://user@ledger.contoso.com',
      'https://ledger.contoso.com:port',
      'https://ledger.contoso.com:65536',
      'https://ledger.contoso.com:',
      'https://ledger..contoso.com',
      'https://-ledger.contoso.com',
      'https://ledger_1.contoso.com',
      'https://lédger.contoso.com',
      'https://',
      'http://ledger.contoso.com',
      'ledger.contoso.com',
    ],
  },
  STORE_DEADLINE_MS: { taken: ['50', '5000', String(BUDGET - 3000)], refused: ['0', '49', String(BUDGET + 1)] },
  STORE_THROTTLE_MS: { taken: ['0', '2000', String(BUDGET)], refused: [String(BUDGET + 1)] },
  AUTH_DEADLINE_MS: { taken: ['50', '3000', String(BUDGET - 5000)], refused: ['0', '49', String(BUDGET + 1)] },
  MAX_IN_FLIGHT: { taken: ['2', '100', '1000'], refused: [] },
  CONSOLE_CLIENT_ID: {
    taken: ['', ' ', GUID, GUID.toUpperCase(), ` ${GUID} `],
    refused: ['contoso', `api://${GUID}`, `{${GUID}}`, `${GUID},`, GUID.replace('5', 'g'), GUID.replaceAll('-', '')],
  },
  CONSOLE_ENABLED: { taken: ['true', 'false'], refused: [] },
  LOG_LEVEL: { taken: ['debug', 'information', 'warning', 'error', 'none'], refused: [] },
}

/** @type {readonly SettingCase[]} */
const together = [
  // With the default of the other one it is too much.
  { values: { STORE_DEADLINE_MS: String(BUDGET - 2999) }, refused: ['STORE_DEADLINE_MS'] },
  { values: { AUTH_DEADLINE_MS: String(BUDGET - 4999) }, refused: ['STORE_DEADLINE_MS'] },
  { values: { STORE_DEADLINE_MS: String(BUDGET - 50), AUTH_DEADLINE_MS: '50' }, refused: [] },
  { values: { STORE_DEADLINE_MS: String(BUDGET - 50), AUTH_DEADLINE_MS: '51' }, refused: ['STORE_DEADLINE_MS'] },
  // One that is wrong hides no other.
  {
    values: {
      AUTH_AUDIENCE: 'hello',
      AUTH_ALLOWED_TENANTS: 'contoso',
      PUBLIC_BASE_URL: 'http://ledger.contoso.com',
      STORE_DEADLINE_MS: String(BUDGET),
      AUTH_DEADLINE_MS: '3000',
      STORE_THROTTLE_MS: String(BUDGET + 1),
    },
    refused: ['AUTH_AUDIENCE', 'AUTH_ALLOWED_TENANTS', 'PUBLIC_BASE_URL', 'STORE_DEADLINE_MS', 'STORE_THROTTLE_MS'],
  },
]

/** Every row: values, and the settings that are complained of; none where all is well. @type {readonly SettingCase[]} */
export const settingCases = [
  ...Object.entries(alone).flatMap(([name, { taken, refused }]) => [
    ...taken.map((value) => ({ values: { [name]: value }, refused: [] })),
    ...refused.map((value) => ({ values: { [name]: value }, refused: [name] })),
  ]),
  ...together,
]
