import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeOf, commented } from './masked'
import { type Source, sources } from './sources'

const all = sources('functions', 'shared', 'reference', 'console', 'local', 'test')
const deployed = sources('functions', 'shared', 'reference', 'console', 'local')
const own = sources('test/rules', 'test/types', 'test/unit')

// Each line of code that is not as it should be, as `path:line`.
const found = (of: readonly Source[], wrong: (line: string) => boolean): string[] =>
  of.flatMap(({ path, text }) => codeOf(text).flatMap((line, index) => (wrong(line) ? [`${path}:${index + 1}`] : [])))

test('files have at most 200 lines', () => {
  expect(all.filter(({ text }) => text.split('\n').length > 201).map(({ path }) => path)).toEqual([])
})

const ANY = /(?:[:<|&(,=]|\bas|=>)\s*(?:readonly )?any\b(?!\()|\bany\[\]/
const ENUM = /^\s*(?:export |declare |const )*enum \w/
const DEFAULT = /^export default|\bas default\b/

test('there is no any, no enum and no default export', () => {
  expect(found(all, (line) => ANY.test(line) || ENUM.test(line) || DEFAULT.test(line))).toEqual([])
  for (const shape of ['let x: T', 'f<T>(x)', 'x as T', 'const f = (x: string, y: T) => x', 'let x: T[]']) {
    const line = shape.replace('T', 'any')
    expect([line, ANY.test(line)]).toEqual([line, true])
  }
  for (const line of ['fc.any()', 'const anything = 1', 'z.any()', 'any(x)']) expect(ANY.test(line)).toBe(false)
})

// What is left of a file without its imports and without what it hands on from another.
const originals = ({ text }: Source): string =>
  codeOf(text)
    .join('\n')
    .replace(/^export (?:type )?(?:\*|\{[^}]*\})(?: as \w+)? from .*$/gm, '')
    .replace(/^import [^'"]*['"]{2}.*$/gm, '')
    .trim()

test('there are no barrels, no files that only re-export, and no meaningless file names', () => {
  expect(found(all, (line) => /^export (?:type )?\*/.test(line))).toEqual([])
  expect(all.filter((source) => originals(source) === '').map(({ path }) => path)).toEqual([])
  expect(originals({ path: 'x.ts', text: "export {\n  x,\n} from './y'\nexport type { z } from './z'\n" })).toBe('')
  expect(all.filter(({ path }) => /(^|\/)(utils?|helpers?|common|index)\.ts$/.test(path))).toEqual([])
})

test('ApiError is the only class in deployed code', () => {
  const classes = sources('functions', 'shared').flatMap(({ path, text }) =>
    [
      ...codeOf(text)
        .join('\n')
        .matchAll(/^\s*(?:export )?(?:abstract )?class (\w+)/gm),
    ].map(([, name]) => [path, name]),
  )
  expect(classes).toEqual([['shared/errors.ts', 'ApiError']])
})

const CAST = /(?:[\w\])}'>]|^)\s+as (?!const\b)[\w{[(]/
const RENAME = /^\s*(?:import|export)\b|^\s*(?:type )?\w+ as \w+,?$/

// A cast stands with its reason: on its line, or at most two lines above it.
const bareCasts = ({ path, text }: Source): string[] => {
  const notes = commented(text)
  return codeOf(text).flatMap((line, index) => {
    const isBare =
      CAST.test(line) && !RENAME.test(line) && !notes.slice(Math.max(0, index - 2), index + 1).includes(true)
    return isBare ? [`${path}:${index + 1}`] : []
  })
}

test('every cast has a comment with its reason', () => {
  expect([...deployed, ...own].flatMap(bareCasts)).toEqual([])
})

test('a cast without one is found, whatever surrounds it', () => {
  const bare = (text: string): string[] => bareCasts({ path: 'x', text })
  expect(bare('const x = y as Z')).toEqual(['x:1'])
  expect(bare('const x = (await y()) as { z: 1 }')).toEqual(['x:1'])
  expect(bare("const url = 'http://a' as Url")).toEqual(['x:1'])
  expect(bare('f(\n  y,\n) as Z')).toEqual(['x:3'])
  expect(bare('const x = y as Z // since')).toEqual([])
  expect(bare('// Since.\nconst x = y as Z')).toEqual([])
  expect(bare('// Since.\n\n\nconst x = y as Z')).toEqual(['x:4'])
  expect(bare("const x = y as const\nimport { a as b } from 'c'\nimport {\n  a as b,\n} from 'c'")).toEqual([])
  expect(bare("test('known as such', () => `said as it is`)")).toEqual([])
})

test('the lockfile names no address, and the app depends on six packages', () => {
  const lock = readFileSync('package-lock.json', 'utf8')
  expect(lock).not.toContain('"resolved"')
  expect([...lock.matchAll(/"([^"]+)": "(?:git\+|file:|https?:\/\/[^"]*\.tgz)/g)].map(([, name]) => name)).toEqual([])
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dependencies?: object }> } // npm's own form
  const names = ['@azure/cosmos', '@azure/functions', '@azure/identity', 'content-type', 'jose', 'zod']
  expect(Object.keys(packages['']?.dependencies ?? {})).toEqual(names)
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object } // the same form
  expect(Object.keys(dependencies)).toEqual(names)
})
