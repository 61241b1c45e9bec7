import { expect, it } from 'vitest'
import { settingCases, settingPlaces } from '../../infra/settingValues.mjs'
import { parseConfig, REQUEST_BUDGET_MS, settingNames } from '../../shared/config'
import { readText } from './deployed'

// What a deployment gives beside the settings of the table.
const deployed = {
  COSMOS_ENDPOINT: 'https://cosmos.documents.azure.com:443/',
  WEBSITE_SITE_NAME: 'func',
  AUTH_AUDIENCE: 'api://ledger',
  AUTH_ALLOWED_TENANTS: '*',
  PUBLIC_BASE_URL: 'https://func.azurewebsites.net',
}

const refusedBy = (values: Readonly<Record<string, string>>): string[] => {
  try {
    parseConfig({ ...deployed, ...values })
    return []
  } catch (error) {
    // parseConfig throws nothing else.
    return (error as Error & { code: string }).code.split(' ')
  }
}

it.each(settingCases)('$values is refused for $refused, by the app as by the templates', ({ values, refused }) => {
  expect(refusedBy(values).sort()).toEqual([...refused].sort())
})

it('the table names settings that there are', () => {
  expect(settingNames).toEqual(expect.arrayContaining(Object.keys(settingPlaces)))
})

it('store and authority together have half of what the platform gives a function', () => {
  const [hours = 0, minutes = 0, seconds = 0] = JSON.parse(readText('host.json')).functionTimeout.split(':').map(Number)
  expect(REQUEST_BUDGET_MS).toBe(((hours * 60 + minutes) * 60 + seconds) * 500)
})
