import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modelOf } from '../../shared/schemas/model'
import type { Resource } from '../../shared/schemas/resource'
import { resources } from '../unit/resources'
import { sources } from './sources'

interface Container {
  readonly name: string
  readonly partitionKey: readonly string[]
  readonly includedPaths: readonly string[]
  readonly excludedPaths: readonly string[]
  readonly compositeIndexes: readonly (readonly { readonly path: string; readonly order: string }[])[]
  readonly defaultTtl: number | null
}

const containers = JSON.parse(readFileSync('infra/containers.json', 'utf8')) as Container[] // compared member by member

const expected = (resource: Resource): Container => {
  const properties = [...modelOf(resource).properties.values()]
  const filtered = properties.filter(({ name, rule }) => (rule.filter || rule.order) && name !== 'id')
  const ordered = properties.filter(({ rule }) => rule.order)
  const indexed = ['partnerTenantId', ...Object.keys(resource.parents), ...filtered.map(({ name }) => name)]
  return {
    name: resource.container,
    partitionKey: resource.partitionKey.map((name) => `/${name}`),
    includedPaths: indexed.map((name) => `/${name}/?`),
    excludedPaths: ['/*', '/"_etag"/?'],
    compositeIndexes: ordered.flatMap(({ name }) =>
      ['ascending', 'descending'].map((order) => [
        { path: `/${name}`, order },
        { path: '/id', order },
      ]),
    ),
    defaultTtl: null,
  }
}

const sorted = ({ includedPaths, compositeIndexes, ...rest }: Container) => ({
  ...rest,
  includedPaths: [...includedPaths].sort(),
  compositeIndexes: compositeIndexes.map((index) => JSON.stringify(index)).sort(),
})

test.each(resources)('the container of $name indexes what can be asked for, and nothing else', (resource) => {
  const container = containers.find(({ name }) => name === resource.container)
  expect(container && sorted(container)).toEqual(sorted(expected(resource)))
})

test('there is a container for each resource, and a resource for each container', () => {
  const declared = sources('shared/schemas').filter(({ text }) => text.includes('= resource({'))
  expect(declared).toHaveLength(resources.length)
  expect(containers.map(({ name }) => name).sort()).toEqual(resources.map(({ container }) => container).sort())
})
