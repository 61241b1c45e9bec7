import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import type { Failure } from '../api/failure'
import type { Answer } from '../api/useAnswer'
import { SessionContext } from './context'
import { SignInButton } from './SignInButton'

interface AnsweredProperties<T> {
  readonly answer: Answer<T>
  /** What is being asked for, for who waits: "the results". */
  readonly what: string
  /** What may be done when it failed, besides trying again. */
  readonly instead?: ComponentChildren
  readonly children: (value: T) => ComponentChildren
}

/** What an answer shows: that it is awaited, that it failed and what to do, or its value. */
export function Answered<T>({ answer, what, instead, children }: AnsweredProperties<T>) {
  switch (answer.state) {
    case 'loading':
      return (
        <p class="loading" role="status">
          Loading {what}…
        </p>
      )
    case 'failed':
      return <Failed what={what} failure={answer.failure} again={answer.again} instead={instead} />
    case 'ready':
      return <>{children(answer.value)}</>
  }
}

const titles = {
  signedOut: () => 'Your sign-in has ended',
  forbidden: (what: string) => `You may not see ${what}`,
  missing: () => 'There is nothing here',
  failed: (what: string) => `Could not load ${what}`,
} as const

interface FailedProperties {
  readonly what: string
  readonly failure: Failure
  readonly again: () => void
  readonly instead: ComponentChildren
}

function Failed({ what, failure: { kind, message, requestId }, again, instead }: FailedProperties) {
  const session = useContext(SessionContext)
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{titles[kind](what)}</strong>
      </p>
      <p>{message}</p>
      {kind === 'forbidden' && (
        <p>Ask an administrator of your tenant for the permission that the message names, then sign in again.</p>
      )}
      {kind === 'signedOut' ? (
        <SignInButton session={session} />
      ) : (
        kind !== 'missing' && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )
      )}{' '}
      {instead}
      {requestId !== undefined && (
        <p class="quiet">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}
