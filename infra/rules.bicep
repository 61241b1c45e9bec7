// What types cannot say. Each broken rule is one sentence; whoever deploys reads all of them at once.
import { databaseRegions, regionsWithoutZones } from 'regions.bicep'
import { Settings } from 'settings.bicep'
import { isAudience, isGuid, isMonth, isName, isOrigin, isTenant } from 'syntax.bicep'

func isMultipleOf1000(value int) bool => value % 1000 == 0

@description('Half of functionTimeout in host.json, in milliseconds: at its end the worker is restarted, with all that is in flight.')
func requestBudgetMs() int => 30000

func isEmptyOrGuid(value string) bool => empty(value) || isGuid(value)

func isDuration(value int, minimum int) bool => value >= minimum && value <= requestBudgetMs()

@description('What store and authority may take together, with the defaults of the app.')
func deadlinesOf(settings Settings) int => (settings.app.?storeDeadlineMs ?? 5000) + (settings.auth.?deadlineMs ?? 3000)

func furtherRegionsOf(settings Settings) string[] =>
  settings.database.capacity == 'autoscale' ? settings.database.furtherRegions : []

func unknownRegionsOf(settings Settings) string[] =>
  filter(furtherRegionsOf(settings), region => !contains(databaseRegions(), region))

@description('Where zones are asked for and there are none.')
func withoutZonesOf(location string, settings Settings) string[] =>
  filter(
    union(
      settings.zoneRedundant ? [location] : [],
      settings.database.?zoneRedundant ?? settings.zoneRedundant ? [location, ...furtherRegionsOf(settings)] : []
    ),
    region => contains(regionsWithoutZones(), region)
  )

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

@description('What the app reads as well: both take and refuse the same.')
func appProblemsOf(settings Settings) string[] => [
  empty(filter(settings.auth.audiences, audience => !isAudience(trim(audience))))
    ? ''
    : 'auth.audiences takes application ids (GUIDs), api:// and https:// URIs.'
  empty(filter(settings.auth.allowedTenants, tenant => !isTenant(trim(tenant))))
    ? ''
    : 'auth.allowedTenants takes tenant ids (GUIDs), or * for any tenant that has consented.'
  isOrigin(settings.app.?publicBaseUrl ?? 'https://host')
    ? ''
    : 'app.publicBaseUrl must be an https origin without a path, like https://ledger.contoso.com.'
  isEmptyOrGuid(trim(settings.app.?consoleClientId ?? ''))
    ? ''
    : 'app.consoleClientId must be the client id (a GUID) of the single-page application.'
  isDuration(settings.app.?storeDeadlineMs ?? 50, 50)
    ? ''
    : 'app.storeDeadlineMs must be from 50 to ${requestBudgetMs()}.'
  isDuration(settings.app.?storeThrottleMs ?? 0, 0) ? '' : 'app.storeThrottleMs must be from 0 to ${requestBudgetMs()}.'
  isDuration(settings.auth.?deadlineMs ?? 50, 50) ? '' : 'auth.deadlineMs must be from 50 to ${requestBudgetMs()}.'
  isDuration(settings.app.?storeDeadlineMs ?? 50, 50) && isDuration(settings.auth.?deadlineMs ?? 50, 50) && deadlinesOf(settings) > requestBudgetMs()
    ? 'app.storeDeadlineMs and auth.deadlineMs must be ${requestBudgetMs()} at most together.'
    : ''
]

func placeProblemsOf(location string, settings Settings) string[] => [
  empty(withoutZonesOf(location, settings))
    ? ''
    : 'zoneRedundant needs availability zones, which these regions lack: ${join(withoutZonesOf(location, settings), ', ')}.'
  settings.zoneRedundant && settings.app.alwaysReadyInstances == 1
    ? 'app.alwaysReadyInstances must be 0 or at least 2 with zoneRedundant: Azure keeps, and bills, two.'
    : ''
  empty(unknownRegionsOf(settings))
    ? ''
    : 'database.furtherRegions takes the short names of regions, like northeurope; unknown: ${join(unknownRegionsOf(settings), ', ')}.'
  length(union(furtherRegionsOf(settings), [])) == length(furtherRegionsOf(settings)) ? '' : 'database.furtherRegions must name each region once.'
  contains(furtherRegionsOf(settings), location) ? 'database.furtherRegions must not repeat the region of the app.' : ''
]

@export()
@description('The rules that these settings break, as sentences; none when all is well.')
func problemsOf(environmentName string, location string, containerNames string[], settings Settings) string[] =>
  filter(
    [
      isName(environmentName) ? '' : 'environmentName takes letters, digits and hyphens only.'
      ...appProblemsOf(settings)
      ...placeProblemsOf(location, settings)
      settings.app.alwaysReadyInstances <= settings.app.maximumInstances
        ? ''
        : 'app.alwaysReadyInstances must not exceed app.maximumInstances.'
      empty(filter(settings.alertAddresses, address => !contains(address, '@')))
        ? ''
        : 'alertAddresses takes mail addresses.'
      length(settings.probePlaces) != 1
        ? ''
        : 'probePlaces takes two places or more, or none: one that fails is not the service failing.'
      empty(filter(throughputsOf(settings), value => !isMultipleOf1000(value)))
        ? ''
        : 'database.maxThroughput and maxThroughputOf must be multiples of 1000.'
      empty(strangersOf(settings, containerNames))
        ? ''
        : 'database.maxThroughputOf names a container that does not exist: ${join(strangersOf(settings, containerNames), ', ')}.'
      isMonth(settings.?budget.?startDate ?? '2027-01-01')
        ? ''
        : 'budget.startDate must be the first day of a month, yyyy-mm-01.'
    ],
    problem => !empty(problem)
  )
