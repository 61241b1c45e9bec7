import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import '../../../local/embedded'

const toQuery = createRequire(import.meta.url)('@zeit/cosmosdb-query').default

// The package's is typed `any`.
const ask = (sql: string, documents: readonly object[]): unknown[] => toQuery(sql).exec(documents, {}).result

const documents = [
  { id: '1', _rid: 'a', size: 2 },
  { id: '2', _rid: 'b' },
  { id: '3', _rid: 'c', size: 3 },
]

test.each([
  ['SELECT c.size FROM c', [{ size: 2 }, {}, { size: 3 }]],
  ['SELECT VALUE c.size FROM c', [2, 3]],
  ['SELECT VALUE [c.size, c.id] FROM c WHERE c.id != "3"', [[2, '1'], ['2']]],
  ['SELECT VALUE COUNT(1) FROM c WHERE c.size > 2', [1]],
  ['SELECT TOP 1 VALUE c.id FROM c ORDER BY c.id DESC', ['3']],
])('%s answers as it did', (sql, result) => {
  expect(ask(sql, documents)).toEqual(result)
})

test('no document makes a query copy those before it', () => {
  expect(toQuery('SELECT c.id FROM c WHERE c.size > 2').code).not.toContain('[...')
})
