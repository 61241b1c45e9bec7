import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { PARTNER_TENANT, PERMISSIONS } from '../../local/mintToken'
import { command, start } from './command'

const TENANT = '0F0E0D0C-0b0a-4908-8706-050403020100'

const tokenOf = async (...args: string[]) => {
  const { ended, out, err } = command('token', {}, args)
  expect([await ended, err()]).toEqual([0, ''])
  expect(out()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  return decodeJwt(out())
}

describe('the token command', () => {
  test("prints a user's token with every permission, for an hour", async () => {
    const before = Math.floor(Date.now() / 1000)
    const claims = await tokenOf()
    expect(claims).toMatchObject({ tid: PARTNER_TENANT, scp: PERMISSIONS.join(' '), ver: '2.0' })
    const { iat = 0, exp } = claims
    expect([exp, iat >= before, iat <= Date.now() / 1000]).toEqual([iat + 3600, true, true])
  })

  test('prints what its options say', async () => {
    const claims = await tokenOf('--tenant', TENANT, '--permissions', 'A B', '--app', '--expires', '-60')
    expect(claims).toMatchObject({ tid: TENANT.toLowerCase(), roles: ['A', 'B'], idtyp: 'app' })
    expect(claims).not.toHaveProperty('scp')
    expect(claims.exp).toBeLessThan(Date.now() / 1000)
    expect((await tokenOf('--permissions', '')).scp).toBe('')
  })

  test('under `npm run -s` prints nothing else', async () => {
    const { ended, out } = start('npm', ['run', '-s', 'token', '--', '--expires', '-60'])
    expect(await ended).toBe(0)
    expect(out()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  })

  test.each([
    ['a tenant that is no GUID', ['--tenant', 'contoso']],
    ['a time that is no number', ['--expires', 'soon']],
    ['an option that it does not know', ['--scope', 'A']],
    ['an option without its value', ['--tenant']],
    ['more words', ['A']],
  ])('says how it is used when given %s', async (_what, args) => {
    const { ended, out, err } = command('token', {}, args)
    expect([await ended, out()]).toEqual([1, ''])
    expect(err()).toMatch(/^.+\. Usage: npm run -s token .+\n$/)
  })
})
