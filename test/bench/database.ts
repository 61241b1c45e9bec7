import { startDatabase } from '../../local/database'

const { endpoint, key } = await startDatabase()
console.log(JSON.stringify({ endpoint, key }))
