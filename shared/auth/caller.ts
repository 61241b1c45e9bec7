/** Who calls, as a verified token says; never as a header or a body says. */
export interface Caller {
  /** The partner: tenant of the token, a GUID in lower case. */
  readonly tenantId: string
  /** The application that acts: `azp`, in v1 tokens `appid`. */
  readonly clientId: string
  /** Delegated permissions (`scp`) of a user's token, or application permissions (`roles`) of an application's. */
  readonly permissions: ReadonlySet<string>
}
