using 'cases.bicep'

param cases = loadJsonContent('cases.json')
