import { render } from 'preact'
import { App } from './App'
import { openSession } from './session/session'

// Signing in ends on this page with a code in its address, which is dealt with before anything reads the address.
const session = await openSession()
render(<App session={session} />, document.body)
