import { startDatabase } from '../../local/database'

// A store that outlives the service: the embedded database in a process of its own, which says where it is.
const { endpoint, key } = await startDatabase()
if (process.send === undefined) console.log(JSON.stringify({ endpoint, key }))
else process.send({ endpoint, key })
