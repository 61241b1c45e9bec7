/** An application or a user, as a token names it. */
export interface Identity<Id extends string | null> {
  readonly id: Id
  readonly displayName: string | null
}

/** The caller, as the verified token states it; headers and bodies are never consulted. */
export interface Caller {
  /** The partner: tenant of the token, a GUID in lower case. */
  readonly tenantId: string
  /** The application that acts: `azp`, in v1 tokens `appid`, and its `app_displayname`. */
  readonly application: Identity<string>
  /** The user (`oid`, `name`) on whose behalf the application acts; null for an application's own token. */
  readonly user: Identity<string | null> | null
  /** Delegated permissions (`scp`) of a user's token, or application permissions (`roles`) of an application's. */
  readonly permissions: ReadonlySet<string>
}
