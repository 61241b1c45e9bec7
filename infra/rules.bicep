// What types cannot say. Each broken rule is one sentence; whoever deploys reads all of them at once.
import { Settings } from 'settings.bicep'

func isMultipleOf1000(value int) bool => value % 1000 == 0

func isTenant(value string) bool => value == '*' || length(value) == 36

@description('An https origin: a scheme and a host, and no path.')
func isOrigin(value string) bool => startsWith(value, 'https://') && length(split(value, '/')) == 3

func furtherRegionsOf(settings Settings) string[] =>
  settings.database.capacity == 'autoscale' ? settings.database.furtherRegions : []

func throughputsOf(settings Settings) int[] =>
  settings.database.capacity == 'autoscale'
    ? [
        settings.database.maxThroughput
        ...map(items(settings.database.?maxThroughputOf ?? {}), entry => entry.value)
      ]
    : []

func strangersOf(settings Settings, containerNames string[]) string[] =>
  settings.database.capacity == 'autoscale'
    ? filter(objectKeys(settings.database.?maxThroughputOf ?? {}), name => !contains(containerNames, name))
    : []

@export()
@description('The rules that these settings break, as sentences; none when all is well.')
func problemsOf(environmentName string, location string, containerNames string[], settings Settings) string[] =>
  filter(
    [
      length(filter(
          range(0, length(environmentName)),
          at => !contains('abcdefghijklmnopqrstuvwxyz0123456789-', substring(environmentName, at, 1))
        )) == 0
        ? ''
        : 'environmentName takes lower-case letters, digits and hyphens only.'
      settings.app.alwaysReadyInstances <= settings.app.maximumInstances
        ? ''
        : 'app.alwaysReadyInstances must not exceed app.maximumInstances.'
      isOrigin(settings.app.?publicBaseUrl ?? 'https://host')
        ? ''
        : 'app.publicBaseUrl must be an https origin without a path, like https://ledger.contoso.com.'
      length(filter(settings.auth.allowedTenants, tenant => !isTenant(tenant))) == 0
        ? ''
        : 'auth.allowedTenants takes tenant ids (GUIDs), or * for any tenant that has consented.'
      length(filter(settings.auth.audiences, audience => empty(audience))) == 0
        ? ''
        : 'auth.audiences takes application ids (GUIDs) and api:// URIs.'
      length(filter(settings.alertAddresses, address => !contains(address, '@'))) == 0
        ? ''
        : 'alertAddresses takes mail addresses.'
      length(settings.probePlaces) != 1
        ? ''
        : 'probePlaces takes two places or more, or none: one that fails is not the service failing.'
      length(filter(throughputsOf(settings), value => !isMultipleOf1000(value))) == 0
        ? ''
        : 'database.maxThroughput and maxThroughputOf must be multiples of 1000.'
      empty(strangersOf(settings, containerNames))
        ? ''
        : 'database.maxThroughputOf names a container that does not exist: ${join(strangersOf(settings, containerNames), ', ')}.'
      contains(furtherRegionsOf(settings), location)
        ? 'database.furtherRegions must not repeat the region of the app.'
        : ''
      endsWith(settings.?budget.?startDate ?? '-01', '-01')
        ? ''
        : 'budget.startDate must be the first day of a month, yyyy-mm-01.'
    ],
    problem => !empty(problem)
  )
