// How the database is paid for, where its copies are, and how far back it can be restored.

@export()
@sealed()
@description('Pay per request; one region, and at most 5,000 RU/s for each physical partition.')
type Serverless = {
  capacity: 'serverless'

  @description('How far back the database can be restored.')
  backup: 'Continuous7Days' | 'Continuous30Days'

  @description('The name of an account that was restored, to use instead of the one named here.')
  @minLength(3)
  @maxLength(44)
  accountName: string?

  @description('Whether the account spreads over zones, where that differs from the rest: one restored by the CLI does not.')
  zoneRedundant: bool?
}

@export()
@sealed()
@description('Pay per hour for the highest throughput used, between a tenth of the maximum and the maximum.')
type Autoscale = {
  capacity: 'autoscale'

  @description('The most RU/s of each container, a multiple of 1000.')
  @minValue(1000)
  @maxValue(1000000)
  maxThroughput: int

  @description('Other maxima, by the name of a container.')
  maxThroughputOf: { *: int }?

  @description('Regions with a copy besides the one of the app, in the order of failover.')
  @maxLength(10)
  furtherRegions: string[]

  @description('How far back the database can be restored.')
  backup: 'Continuous7Days' | 'Continuous30Days'

  @description('The name of an account that was restored, to use instead of the one named here.')
  @minLength(3)
  @maxLength(44)
  accountName: string?

  @description('Whether the account spreads over zones, where that differs from the rest: one restored by the CLI does not.')
  zoneRedundant: bool?
}

@export()
@discriminator('capacity')
@description('How the database is paid for. Only autoscale can have further regions.')
type Database = Serverless | Autoscale
