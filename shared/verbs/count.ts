import { parseFilter } from '../filter/filter'
import { preferHeader } from '../headers/prefer'
import { ODATA_VERSION } from './answer'
import { nothing, verb } from './verb'

/** `GET …/$count`: how many entities the caller has in a collection, as plain text. */
export const count = verb({
  name: 'count',
  title: 'Count',
  describe: 'How many entities there are, or how many a filter finds, as plain text.',
  methods: ['GET', 'HEAD'],
  suffix: '/$count',
  access: 'read',
  queryOptions: ['filter'],
  hasBody: false,
  ignoresAccept: true,
  headers: [preferHeader('include-unknown-enum-members')],
  answers: { 200: { describe: 'The number.', body: 'count', headers: [] } },
  failures: [],
  readHeaders: nothing,
  readQuery: (options, resource, preferences) => ({
    filter: parseFilter(options.get('filter'), resource, preferences.includeUnknownEnumMembers, options),
  }),
  run: async ({ resource, store, input }) => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain;charset=utf-8', ...ODATA_VERSION },
    body: String(await store.count(resource, input.filter)),
  }),
})
