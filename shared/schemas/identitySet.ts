import { complex, optional, string } from './types'

const identitySet = (filter: { readonly filter?: true }) => {
  const identity = complex(
    'identity',
    {
      id: string({ ...filter, describe: 'Id of the user or application in Entra ID.' }),
      displayName: string({ describe: 'Its name, where the token has one.' }),
    },
    { unannotated: true },
  )
  return complex('identitySet', {
    application: { ...identity, describe: 'The application that made the request.' },
    user: { ...identity, describe: 'The user on whose behalf it did; null where it acted for itself.' },
  })
}

/** Who created an entity and who last changed it, as the tokens of those requests say. Older documents have null. */
export const audit = {
  createdBy: optional({
    ...identitySet({ filter: true }),
    computed: true,
    describe: 'Who created it, from the token of the request.',
  }),
  lastModifiedBy: optional({
    ...identitySet({}),
    computed: true,
    describe: 'Who last changed it, from the token of the request.',
  }),
} as const
