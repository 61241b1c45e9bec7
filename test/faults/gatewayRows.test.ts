import { describe, expect, it } from 'vitest'
import { even, idOf, odd, RESULTS, result, setStage, split } from '../fakes/stage'
import { OTHER_TENANT, TENANT } from '../harness'

const stage = setStage()

describe('what a store returns', () => {
  it('is not gathered beyond what one answer holds', async () => {
    const large = (from: number) =>
      Array.from({ length: 20 }, (_, number) => result(number + from, number, { exception: 'x'.repeat(1_000_000) }))
    stage.gateway.partitions = split([large(0), large(20)])
    stage.gateway.pageSize = 4
    const page = await stage.call(`${RESULTS}?$top=40`)
    expect([page.status, page.ids?.length]).toEqual([200, 3])
    expect(page.json['@odata.nextLink']).toBeDefined()
    expect(stage.gateway.asked.filter(({ kind }) => kind === 'partition').length).toBeLessThanOrEqual(4)
  })

  it('is never answered where it is of another partner', async () => {
    stage.gateway.partitions = split([
      even,
      [...odd, result(10, 10, { partnerTenantId: OTHER_TENANT, exception: 'foreign' })],
    ])
    const page = await stage.call(RESULTS)
    expect([page.status, page.ids]).toEqual([500, undefined])
    expect(page.text + page.logged.join()).not.toContain('foreign')
  })

  it('for a container with one key level is taken as it comes: in pages, empty ones too, and counted in parts', async () => {
    const operation = (number: number) => ({
      ...result(number),
      name: `operation ${number}`,
      target: {},
      operationDefinition: {},
      result: null,
    })
    stage.gateway.partitions = split([[0, 1, 2, 3].map(operation)])
    Object.assign(stage.gateway, { pageSize: 1, countParts: 3 })
    const page = await stage.call('/beta/managedTenantOperations?$top=3&$count=true')
    expect(page.ids).toEqual([3, 2, 1].map(idOf))
    expect(page.json['@odata.count']).toBe(4)
    const partitioned = stage.gateway.asked.filter(({ kind }) => kind === 'direct')
    expect(partitioned.every(({ partitionKey }) => partitionKey === JSON.stringify([TENANT]))).toBe(true)
    expect(page.log).toMatchObject({ storeRequests: 2, storeCharge: 2.5 * partitioned.length })
    expect((await stage.call('/beta/managedTenantOperations/$count')).text).toBe('4')
  })
})
