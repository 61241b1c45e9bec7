import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { endpoints, type Registered } from '../../shared/http/register'
import '../harness'
import { sources } from './sources'

const files = sources('functions')

// What the endpoint of each verb is called after its entity set.
const VERBS = {
  bulk: 'Bulk',
  count: 'Count',
  create: 'Create',
  get: 'Get',
  list: 'List',
  patch: 'Patch',
  remove: 'Delete',
  summary: 'Summary',
}

const registrations = files.flatMap(({ path, text }) =>
  [...text.matchAll(/^register\(\s*'(\w+)',\s*(?:endpoint\((\w+), \w+(?:, '(\w+)')?)?/gm)].map(
    ([, name = '', verb, navigation = '']) => ({
      file: basename(path, '.ts'),
      name,
      verb,
      navigation: navigation.replace(/^./, (letter) => letter.toUpperCase()),
    }),
  ),
)

test.each(registrations)('$name is called after its file and its verb', ({ file, name, verb, navigation }) => {
  if (verb === undefined) expect(name.startsWith(file)).toBe(true)
  else expect(name).toBe(`${file}${VERBS[verb as keyof typeof VERBS]}${navigation}`) // a verb of the table
})

test('a file says nothing but which functions there are, and each is registered there', () => {
  expect(endpoints.map(({ name }) => name).sort()).toEqual(registrations.map(({ name }) => name).sort())
  for (const { path, text } of files) {
    const rest = text.replace(/^import .*$|^register\([\s\S]*?\)$|^\/\/ .*$/gm, '').trim()
    expect([path, rest]).toEqual([path, ''])
  }
})

const segments = (route: string): string[] => route.toLowerCase().split('/')

// A parameter takes any segment, so also one that a later route spells out.
const covers = (earlier: string, later: string): boolean => {
  if (earlier === '{*path}') return true
  if (later === '{*path}') return false
  const [a, b] = [segments(earlier), segments(later)]
  return a.length === b.length && a.every((part, index) => part.startsWith('{') || part === b[index])
}

const shadows = (earlier: Registered, later: Registered): boolean =>
  covers(earlier.route, later.route) && earlier.methods.some((method) => later.methods.includes(method))

// The platform tries functions in the order of their names, whatever their case, and takes the first that matches.
const shadowed = (all: readonly Registered[]): string[] => {
  const sorted = [...all].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
  return sorted.flatMap((later, index) =>
    sorted
      .slice(0, index)
      .filter((earlier) => shadows(earlier, later))
      .map((earlier) => `${earlier.name} hides ${later.name}`),
  )
}

test('no function hides a later one', () => {
  expect(shadowed(endpoints)).toEqual([])
})

test('a parameter takes what a later route spells out, in any case, and a catch-all takes everything', () => {
  expect(covers('{version}/notes/{id}', '{version}/Notes/$count')).toBe(true)
  expect(covers('{version}/notes/$count', '{version}/notes/{id}')).toBe(false)
  expect(covers('{version}/notes', '{version}/notes/{id}')).toBe(false)
  expect(covers('{*path}', 'health')).toBe(true)
})

test('the catch-all comes last', () => {
  const names = endpoints.map(({ name }) => name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  expect(names.at(-1)).toBe('unmatched')
  expect(endpoints.filter(({ route }) => route.includes('*')).map(({ name }) => name)).toEqual(['unmatched'])
})

test('one that would is seen', () => {
  const [first] = endpoints
  if (first === undefined) throw new Error('there is no function')
  const hides = { ...first, name: 'aaa', route: '{*path}', methods: ['GET', 'POST'] as const }
  expect(shadowed([...endpoints, hides]).length).toBeGreaterThan(endpoints.length / 2)
})
