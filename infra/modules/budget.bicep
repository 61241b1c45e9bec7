// Says when money runs faster than planned. It stops nothing.
import { Budget } from '../settings.bicep'

param name string
param budget Budget
param actionGroupId string

resource monthly 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: 'budget-${name}'
  properties: {
    category: 'Cost'
    amount: budget.monthlyAmount
    timeGrain: 'Monthly'
    timePeriod: { startDate: '${budget.startDate}T00:00:00Z' }
    notifications: {
      forecast80: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: [actionGroupId]
      }
      spent100: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: [actionGroupId]
      }
    }
  }
}
