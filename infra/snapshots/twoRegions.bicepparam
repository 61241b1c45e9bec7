// Never deployed: prod with one more region, so that a test sees what that changes.
using '../main.bicep'
extends '../prod.bicepparam'

param settings = {
  ...base.settings
  database: { ...base.settings.database, furtherRegions: ['northeurope'] }
}
