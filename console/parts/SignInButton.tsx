import { useState } from 'preact/hooks'
import { asFailure } from '../api/failure'
import type { Session } from '../session/session'

interface SignInButtonProperties {
  readonly session: Session | undefined
  /** Why signing in failed before. */
  readonly before?: string | undefined
}

/** Begins to sign in; says what went wrong. */
export function SignInButton({ session, before = '' }: SignInButtonProperties) {
  const [problem, setProblem] = useState(before)
  const signIn = (): void => {
    session?.signIn().catch((error: unknown) => setProblem(asFailure(error).message))
  }
  return (
    <>
      <button type="button" class="primary" onClick={signIn}>
        Sign in
      </button>
      <div role="alert">{problem !== '' && <p class="note">You were not signed in: {problem}</p>}</div>
    </>
  )
}
