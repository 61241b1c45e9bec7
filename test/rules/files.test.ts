import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Source, sources } from './sources'

const all = sources('functions', 'shared', 'local', 'test')
const deployed = sources('functions', 'shared', 'local')

const withoutText = (text: string): string =>
  text
    .replace(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')

const paths = (wrong: (source: Source) => boolean, of = all): string[] => of.filter(wrong).map(({ path }) => path)

test('files have at most 200 lines', () => {
  expect(paths(({ text }) => text.split('\n').length > 201)).toEqual([])
})

test('there is no any, no enum and no default export', () => {
  expect(paths(({ text }) => /[:<|&(,]\s*any\b(?!\()|\bas any\b/.test(withoutText(text)))).toEqual([])
  expect(paths(({ text }) => /^\s*(export )?(const )?enum /m.test(withoutText(text)))).toEqual([])
  expect(paths(({ text }) => /^export default/m.test(withoutText(text)))).toEqual([])
})

test('nothing re-exports everything, and nothing is called by what says nothing', () => {
  expect(paths(({ text }) => /^export \*/m.test(text))).toEqual([])
  expect(paths(({ path }) => /(^|\/)(utils?|helpers?|common|index)\.ts$/.test(path))).toEqual([])
})

test('the error is the only class of what is deployed', () => {
  const classes = deployed.flatMap(({ path, text }) =>
    [...withoutText(text).matchAll(/^(?:export )?class (\w+)/gm)].map(([, name]) => `${path} ${name}`),
  )
  expect(classes).toEqual(['shared/errors.ts ApiError'])
})

// A cast stands with its reason: on its line, or in the line or lines above the statement.
const bareCasts = ({ path, text }: Source): string[] => {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const isCast =
      /\w[\])}]* as (?!const\b)[\w{[(]/.test(withoutText(line)) && !/^\s*(import|export|\*|\/\/|\/\*|typeof)/.test(line)
    const near = lines.slice(Math.max(0, index - 4), index + 2).join('\n')
    return isCast && !/\/\/|\/\*/.test(near) ? [`${path}:${index + 1}`] : []
  })
}

test('in what is deployed, every cast has its reason beside it', () => {
  expect(deployed.flatMap(bareCasts)).toEqual([])
})

test('the lockfile names no address, and the app depends on five packages', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved"|https?:\/\/registry/)
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object } // npm's own form
  expect(Object.keys(dependencies)).toEqual(['@azure/cosmos', '@azure/functions', '@azure/identity', 'jose', 'zod'])
})
