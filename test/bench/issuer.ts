import { startIssuer } from '../../local/identity'

const { authority, audience } = await startIssuer()
console.log(JSON.stringify({ authority, audience }))
