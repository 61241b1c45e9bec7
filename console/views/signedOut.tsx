import { asFailure } from '../api/failure'
import { SignInButton } from '../parts/SignInButton'
import { Title } from '../parts/Title'
import type { Session } from '../session/session'

/** What nobody who is signed out may see. */
export function SignedOut({ session }: { readonly session: Session }) {
  return (
    <section class="welcome">
      <Title text="Sign in" />
      <p>What your tenant's automation did in its customers' tenants. Sign in with your work account to see it.</p>
      <SignInButton session={session} before={session.problem} />
    </section>
  )
}

/** Where the page could not even find out who is signed in. */
export function NotStarted({ error }: { readonly error: unknown }) {
  return (
    <main id="content">
      <section class="welcome">
        <Title text="The console did not start" />
        <p role="alert">{asFailure(error).message}</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          Try again
        </button>
      </section>
    </main>
  )
}

/** Where nobody can sign in yet. */
export function NotRegistered() {
  return (
    <section class="welcome">
      <Title text="The console is not set up yet" />
      <p>Nobody can sign in here until an operator of this service has registered a client for it:</p>
      <ol>
        <li>
          In Microsoft Entra, register an application with the single-page redirect URI{' '}
          <code>{`${location.origin}/console`}</code>.
        </li>
        <li>
          Give it the delegated permission <code>ManagedTenants.Read.All</code> of this API, and consent to it.
        </li>
        <li>
          Set <code>CONSOLE_CLIENT_ID</code> of the function app to its application (client) id.
        </li>
      </ol>
    </section>
  )
}
