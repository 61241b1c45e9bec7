import { sendAll } from './sendingAll'

// npm run volume: a hundred thousand results by bulks from one client, while five of a hundred answers of the store are
// dropped, cut, late or refused; and a count afterwards. Behind `--` another number of entities, in thousands.

const THOUSANDS = Number(process.argv[3] ?? 100)

const { stored, bulks, faults, seconds } = await sendAll(THOUSANDS * 1000, 0.05)
console.log(
  `${stored} results are stored: ${bulks} bulks in ${Math.round(seconds)} s, ${Math.round(stored / seconds)} results a second, ${faults} answers of the store that failed or were late`,
)
process.exit(stored === THOUSANDS * 1000 ? 0 : 1)
