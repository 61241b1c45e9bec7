// What an operator decides. The two stages differ in what they allow: prod cannot be public, silent or serverless.
import { Autoscale, Database } from 'databaseSettings.bicep'

@export()
@description('Tags of a resource.')
type Tags = { *: string }

@export()
@sealed()
@description('Whose tokens the app accepts.')
type Auth = {
  @description('What tokens must be issued for: application ids (GUIDs), api:// and https:// URIs.')
  @minLength(1)
  audiences: string[]

  @description('The partner tenants (GUIDs) that may call, or one * for any tenant that has consented.')
  @minLength(1)
  allowedTenants: string[]

  @description('How long the app waits for the keys of the authority, in milliseconds; the app has a default.')
  deadlineMs: int?
}

@export()
@sealed()
@description('How the app runs.')
type App = {
  @description('Memory of one instance in MB; processor time grows with it.')
  instanceMemoryMB: 512 | 2048 | 4096

  @description('How many instances there may be: the ceiling of cost, and of load on the database.')
  @minValue(1)
  @maxValue(1000)
  maximumInstances: int

  @description('Instances that are kept warm and billed around the clock; 0 means a cold start after idle minutes.')
  @minValue(0)
  @maxValue(1000)
  alwaysReadyInstances: int

  @description('Requests that one instance works on at a time. One partner may hold half of them.')
  @minValue(2)
  @maxValue(1000)
  httpConcurrency: int

  @description('The https origin that clients use, where it is not the own address of the app (a custom domain).')
  publicBaseUrl: string?

  @description('The client id (a GUID) of the single-page application with which people sign in to the console; without it, or with an empty one, the console says how to register one.')
  consoleClientId: string?

  @description('Whether there is a console; the app has one by default.')
  consoleEnabled: bool?

  @description('What the app logs; it has a default.')
  logLevel: ('debug' | 'information' | 'warning' | 'error' | 'none')?

  @description('Time for the store work of one request, in milliseconds; the app has a default.')
  storeDeadlineMs: int?

  @description('How long a throttled store is asked again, in milliseconds; the app has a default.')
  storeThrottleMs: int?
}

@export()
@sealed()
@description('A monthly budget with a mail at 80 % forecast and 100 % spent. It stops nothing.')
type Budget = {
  @description('In the currency of the subscription.')
  @minValue(1)
  monthlyAmount: int

  @description('First day of the month in which it starts, yyyy-mm-01: this month at first, and never changed again.')
  @minLength(10)
  @maxLength(10)
  startDate: string
}

@sealed()
@description('Settings of a stage for trying things out.')
type Dev = {
  stage: 'dev'
  auth: Auth
  app: App
  database: Database

  @description('Whether database and storage answer from the internet (to identities alone) or from the network only.')
  network: 'public' | 'private'

  @description('Whether plan, database, storage and the public address spread over availability zones. Fixed at creation.')
  zoneRedundant: bool

  @description('Where alerts are mailed to.')
  alertAddresses: string[]

  @description('Where /health is asked from every five minutes, as ids of availability test locations; none for no probe.')
  probePlaces: string[]

  @description('How long logs are kept, in days.')
  @minValue(30)
  @maxValue(730)
  logRetentionDays: int

  @description('GB of logs that are taken in a day; what comes beyond is dropped until the next, and a mail says so.')
  @minValue(1)
  @maxValue(1000)
  logDailyCapGb: int

  @description('Object id of one user or group that may read and write the data.')
  @minLength(36)
  @maxLength(36)
  developerPrincipalId: string?

  budget: Budget?

  @description('Whether the database can only be deleted after a lock was removed.')
  deleteLock: bool
}

@sealed()
@description('Settings of a stage that serves partners.')
type Prod = {
  stage: 'prod'
  auth: Auth
  app: App
  database: Autoscale

  @description('Database and storage answer from the network only.')
  network: 'private'

  @description('Whether plan, database, storage and the public address spread over availability zones. Fixed at creation.')
  zoneRedundant: bool

  @description('Where alerts are mailed to: at least one address that somebody reads.')
  @minLength(1)
  alertAddresses: string[]

  @description('Where /health is asked from every five minutes, as ids of availability test locations; none for no probe.')
  probePlaces: string[]

  @description('How long logs are kept, in days.')
  @minValue(30)
  @maxValue(730)
  logRetentionDays: int

  @description('GB of logs that are taken in a day; what comes beyond is dropped until the next, and a mail says so.')
  @minValue(1)
  @maxValue(1000)
  logDailyCapGb: int

  budget: Budget

  @description('Whether the database can only be deleted after a lock was removed.')
  deleteLock: bool
}

@export()
@discriminator('stage')
@description('Everything that an operator decides, by stage.')
type Settings = Dev | Prod
