import { redactBody } from '../../shared/redaction/redactBody'
import { redactHeader } from '../../shared/redaction/redactHeader'
import { redactUrl } from '../../shared/redaction/redactUrl'
import { type Endless, endlessBodies, endlessHeaders, endlessUrls, fill } from '../unit/redaction/endless'
import { median } from './statistics'

// Processor time of redacting texts that are made to be slow, at half the largest size and at all of it. Where the time is
// linear the ratio is about 2; the collection of garbage moves it.

const LARGEST = 1_900_000
const ROUNDS = 5

const milliseconds = (redact: (text: string) => unknown, text: string): number =>
  median(
    Array.from({ length: ROUNDS }, () => {
      const start = process.cpuUsage()
      redact(text)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    }),
  )

const measure = (what: string, shapes: readonly Endless[], redact: (text: string) => unknown): void => {
  for (const shape of shapes) {
    const half = milliseconds(redact, fill(shape, LARGEST / 2))
    const whole = milliseconds(redact, fill(shape, LARGEST))
    const ratio = (whole / half).toFixed(1)
    console.log(`| ${what} | ${JSON.stringify(shape)} | ${half.toFixed(0)} | ${whole.toFixed(0)} | ${ratio} |`)
  }
}

console.log('| redacting | start, repeated | half, ms | whole, ms | ratio |\n| --- | --- | --- | --- | --- |')
measure('URL', endlessUrls, redactUrl)
measure('header', endlessHeaders, (value) => redactHeader({ name: 'a', value }))
measure('body', endlessBodies, redactBody)
