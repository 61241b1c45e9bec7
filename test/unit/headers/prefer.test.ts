import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccept } from '../../../shared/headers/accept'
import { parseConditions } from '../../../shared/headers/conditions'
import { parsePrefer, preferenceApplied } from '../../../shared/headers/prefer'
import { outcome } from '../outcome'

const NONE = 'unacceptableMediaType Accept'

test.each([
  ['', false, false],
  ['return=minimal;wait=1', true, false],
  ['return=minimal ; x', true, false],
  ['RETURN=MINIMAL', true, false],
  ['return', false, false],
  ['return=', false, false],
  ['return=minimally', false, false],
  ['returns=minimal', false, false],
  ['return=minimal, return=representation', true, false],
  ['return="minimal"', true, false],
  ['foo="a, return=minimal"', false, false],
  ['foo="a\\", return=minimal", include-unknown-enum-members', false, true],
  ['foo="a, b", return=minimal', true, false],
  ['foo="a, return=minimal', false, false],
  [`foo="${'\\"'.repeat(5000)}, return=minimal`, false, false],
  ['odata.include-unknown-enum-members', false, false],
  ['Include-Unknown-Enum-Members;x=y', false, true],
  ['include-unknown-enum-members , wait=10', false, true],
  ['x-include-unknown-enum-members', false, false],
  [null, false, false],
  ['return=minimal', true, false],
  ['Return = "minimal"', true, false],
  ['return=representation', false, false],
  ['include-unknown-enum-members', false, true],
  ['respond-async, return=minimal; x=1, include-unknown-enum-members', true, true],
  ['return=representation, return=minimal', false, false],
  ['nonsense;;,,=', false, false],
])('Prefer %j', (header, minimal, includeUnknownEnumMembers) => {
  const preferences = parsePrefer(header)
  expect(preferences).toEqual({ returnMinimal: minimal, includeUnknownEnumMembers, maxPageSize: undefined })
  const names = [
    ...(minimal ? ['return=minimal'] : []),
    ...(includeUnknownEnumMembers ? ['include-unknown-enum-members'] : []),
  ]
  expect(preferenceApplied(preferences)).toEqual(names.length === 0 ? {} : { 'Preference-Applied': names.join(', ') })
})

test('no Accept and no Prefer is too strange to be read', () => {
  const header = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...',;="q0.1 */jsonreturn=minimal') }))
  fc.assert(
    fc.property(header, (text) => {
      expect(['minimal', 'none', NONE]).toContain(outcome(() => parseAccept(text)))
      const names = ['returnMinimal', 'includeUnknownEnumMembers', 'maxPageSize', 'continueOnError']
      expect(Object.keys(parsePrefer(text))).toEqual(names)
      expect(Object.keys(parseConditions(new Headers({ 'if-match': text })).ifMatch ?? {})).toHaveLength(3)
    }),
  )
})
