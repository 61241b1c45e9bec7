import { render } from 'preact'
import { App } from './App'
import { openSession } from './session/session'
import { NotStarted } from './views/signedOut'

// Signing in ends on this page with a code in its address, which is dealt with before anything reads the address.
const content = await openSession().then(
  (session) => <App session={session} />,
  (error: unknown) => <NotStarted error={error} />,
)
render(content, document.body)
