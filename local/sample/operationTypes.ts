/** A call of Microsoft Graph. In texts `{id}`, `{count}` and `{domain}` stand for what each customer has. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: object
  readonly status: number
  readonly answer?: object
}

/** An operation that the partner runs again and again. */
export interface OperationType {
  readonly name: string
  readonly description: string
  /** What is run, by its name at the partner. */
  readonly runbook: string
  /** With `full` the HTTP requests of every customer are recorded, otherwise of those where it failed. */
  readonly logLevel: 'summary' | 'full'
  /** Whether Graph answers only tenants that have a license of Entra ID P1. */
  readonly needsPremium?: true
  /** Whether only customers with Intune are targets. */
  readonly needsIntune?: true
  /** Whether it targets all tenants, whichever there are, and names none. */
  readonly allTenants?: true
  /** Made one after another. */
  readonly calls: readonly Call[]
  /** What it says of a customer where it succeeded. */
  readonly result: string
}

const POLICIES = '/v1.0/identity/conditionalAccess/policies'
const DEVICE = '/v1.0/deviceManagement/managedDevices/{id}'

/** Some of them record every HTTP request, so that there are not more of those than results. */
export const OPERATION_TYPES: readonly OperationType[] = [
  {
    name: 'Require MFA for admins',
    description: 'Every administrator signs in with a second factor.',
    runbook: 'require-mfa-for-admins',
    logLevel: 'full',
    needsPremium: true,
    calls: [
      { method: 'GET', path: `${POLICIES}/{id}`, status: 200, answer: { id: '{id}', state: 'disabled' } },
      { method: 'PATCH', path: `${POLICIES}/{id}`, body: { state: 'enabled' }, status: 204 },
    ],
    result: "The policy 'Require MFA for admins' is enabled for {count} roles.",
  },
  {
    name: 'Rotate BitLocker keys',
    description: 'Recovery keys that were read are replaced.',
    runbook: 'rotate-bitlocker-keys',
    logLevel: 'full',
    needsIntune: true,
    calls: [{ method: 'POST', path: '/beta/deviceManagement/managedDevices/{id}/rotateBitLockerKeys', status: 204 }],
    result: 'Keys of {count} devices were rotated.',
  },
  {
    name: 'Review guest users',
    description: 'Guests who have not signed in for 90 days are listed.',
    runbook: 'review-guest-users',
    logLevel: 'full',
    needsPremium: true,
    calls: [
      {
        method: 'GET',
        path: "/v1.0/users?$filter=userType eq 'Guest'&$select=id,mail,signInActivity&$count=true",
        status: 200,
        answer: { '@odata.count': '{count}', value: [{ id: '{id}', mail: 'guest@example.com', signInActivity: null }] },
      },
    ],
    result: '{count} guests have not signed in for 90 days.',
  },
  {
    name: 'Set mailbox retention',
    description: 'Mail is kept for seven years.',
    runbook: 'set-mailbox-retention',
    logLevel: 'summary',
    calls: [
      {
        method: 'POST',
        path: '/v1.0/security/labels/retentionLabels',
        body: { displayName: 'Mail, seven years', behaviorDuringRetentionPeriod: 'retain' },
        status: 201,
      },
    ],
    result: 'The label is published to {count} mailboxes.',
  },
  {
    name: 'Block legacy authentication',
    description: 'Protocols without a second factor are refused.',
    runbook: 'block-legacy-authentication',
    logLevel: 'summary',
    needsPremium: true,
    calls: [{ method: 'PATCH', path: `${POLICIES}/{id}`, body: { state: 'enabled' }, status: 204 }],
    result: '{count} sign-ins of the last week would have been blocked.',
  },
  {
    name: 'Sync managed devices',
    description: 'Devices fetch their policies now.',
    runbook: 'sync-managed-devices',
    logLevel: 'summary',
    needsIntune: true,
    calls: [{ method: 'POST', path: `${DEVICE}/syncDevice`, status: 204 }],
    result: '{count} devices were told to sync.',
  },
  {
    name: 'Record Secure Score',
    description: "The day's Secure Score of every customer.",
    runbook: 'record-secure-score',
    logLevel: 'full',
    allTenants: true,
    calls: [
      {
        method: 'GET',
        path: '/v1.0/security/secureScores?$top=1',
        status: 200,
        answer: { value: [{ id: '{id}', currentScore: '{count}', maxScore: 120 }] },
      },
    ],
    result: 'Secure Score: {count} of 120.',
  },
  {
    name: 'Update Defender signatures',
    description: 'Antivirus signatures are brought up to date.',
    runbook: 'update-defender-signatures',
    logLevel: 'summary',
    needsIntune: true,
    calls: [{ method: 'POST', path: `${DEVICE}/windowsDefenderUpdateSignatures`, status: 204 }],
    result: '{count} devices were told to update.',
  },
  {
    name: 'Reclaim unused licenses',
    description: 'Licenses of disabled accounts are taken back.',
    runbook: 'reclaim-unused-licenses',
    logLevel: 'full',
    calls: [
      {
        method: 'POST',
        path: '/v1.0/users/{id}/assignLicense',
        body: { addLicenses: [], removeLicenses: ['05e9a617-0261-4cee-bb44-138d3ef5d965'] },
        status: 200,
        answer: { id: '{id}', userPrincipalName: 'leaver@{domain}' },
      },
    ],
    result: '{count} licenses were reclaimed.',
  },
  {
    name: 'Report risky users',
    description: 'Users whom Entra ID Protection considers at risk.',
    runbook: 'report-risky-users',
    logLevel: 'summary',
    needsPremium: true,
    calls: [{ method: 'GET', path: "/v1.0/identityProtection/riskyUsers?$filter=riskLevel eq 'high'", status: 200 }],
    result: '{count} users were looked at, none is at high risk.',
  },
  {
    name: 'Assign compliance baseline',
    description: 'The baseline of device compliance applies to all devices.',
    runbook: 'assign-compliance-baseline',
    logLevel: 'summary',
    needsIntune: true,
    calls: [{ method: 'POST', path: '/v1.0/deviceManagement/deviceCompliancePolicies/{id}/assign', status: 200 }],
    result: 'The baseline is assigned to {count} groups.',
  },
  {
    name: 'Review sign-ins from abroad',
    description: 'Sign-ins of the last day from countries without an office.',
    runbook: 'review-sign-ins-from-abroad',
    logLevel: 'summary',
    needsPremium: true,
    calls: [{ method: 'GET', path: '/v1.0/auditLogs/signIns?$filter=status/errorCode eq 0&$top=50', status: 200 }],
    result: '{count} sign-ins were looked at.',
  },
]
