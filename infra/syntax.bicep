// What texts must look like. Bicep has no regular expressions. The app checks the same, shared/config.ts; one table of
// values is tried on both (infra/settingValues.mjs).

func hasOnly(value string, characters string) bool =>
  empty(filter(range(0, length(value)), at => !contains(characters, substring(value, at, 1))))

@export()
@description('Letters, digits and hyphens, which resources take in their names.')
func isName(value string) bool => hasOnly(toLower(value), 'abcdefghijklmnopqrstuvwxyz0123456789-')

@export()
@description('8-4-4-4-12 hexadecimal digits.')
func isGuid(value string) bool =>
  hasOnly(toLower(value), '0123456789abcdef-') && join(map(split(value, '-'), part => string(length(part))), '-') == '8-4-4-4-12'

@export()
@description('A GUID, or * for any tenant that has consented.')
func isTenant(value string) bool => value == '*' || isGuid(value)

func isUri(value string, scheme string) bool =>
  startsWith(value, scheme) && length(value) > length(scheme) && hasOnly(
    toLower(value),
    'abcdefghijklmnopqrstuvwxyz0123456789_-.~:/?#[]@!$&\'()*+;=%'
  )

@export()
@description('What a token can be issued for: an application id (GUID) or an App ID URI.')
func isAudience(value string) bool => isGuid(value) || isUri(value, 'api://') || isUri(value, 'https://')

func isLabel(value string) bool => !empty(value) && isName(value) && !startsWith(value, '-') && !endsWith(value, '-')

func isHost(value string) bool => empty(filter(split(value, '.'), label => !isLabel(label)))

func isPort(value string) bool =>
  !empty(value) && length(value) <= 5 && hasOnly(value, '0123456789') ? int(value) <= 65535 : false

func isAuthority(parts string[]) bool =>
  isHost(parts[0]) && (length(parts) == 1 ? true : length(parts) == 2 && isPort(parts[1]))

func withoutSlash(value string) string => endsWith(value, '/') ? take(value, length(value) - 1) : value

@export()
@description('An https origin: a scheme and a host, perhaps a port, and no path.')
func isOrigin(value string) bool =>
  startsWith(toLower(value), 'https://') ? isAuthority(split(withoutSlash(substring(value, 8)), ':')) : false

@export()
@description('The first day of a month, yyyy-mm-01.')
func isMonth(value string) bool =>
  hasOnly(value, '0123456789-') && endsWith(value, '-01') && join(
    map(split(value, '-'), part => string(length(part))),
    '-'
  ) == '4-2-2'
