import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toContainer } from '../../local/toContainer'
import { resources } from '../../shared/schemas/resources'
import { sources } from './sources'

test('infra/containers.json is what `npm run containers` writes', () => {
  expect(JSON.parse(readFileSync('infra/containers.json', 'utf8'))).toEqual(resources.map(toContainer))
})

test('the list of resources has each of them', () => {
  const declared = sources('shared/schemas').filter(({ text }) => text.includes('= resource({'))
  expect(declared.map(({ path }) => path).sort()).toEqual(
    resources.map(({ name }) => `shared/schemas/${name}.ts`).sort(),
  )
})

test('a container indexes what can be asked for, and nothing else', () => {
  const app = resources.find(({ name }) => name === 'managedAppOperation')
  expect(app && toContainer(app)).toEqual({
    name: 'managedAppOperations',
    partitionKey: ['/partnerTenantId'],
    includedPaths: [
      '/partnerTenantId/?',
      '/usersId/?',
      '/managedAppRegistrationId/?',
      '/displayName/?',
      '/lastModifiedDateTime/?',
      '/state/?',
      '/version/?',
      '/createdBy/application/id/?',
      '/createdBy/user/id/?',
    ],
    excludedPaths: ['/*', '/"_etag"/?'],
    compositeIndexes: [
      [
        { path: '/displayName', order: 'ascending' },
        { path: '/id', order: 'ascending' },
      ],
      [
        { path: '/displayName', order: 'descending' },
        { path: '/id', order: 'descending' },
      ],
      [
        { path: '/lastModifiedDateTime', order: 'ascending' },
        { path: '/id', order: 'ascending' },
      ],
      [
        { path: '/lastModifiedDateTime', order: 'descending' },
        { path: '/id', order: 'descending' },
      ],
    ],
    defaultTtl: null,
  })
})
