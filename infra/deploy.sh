#!/bin/sh
# Provisions and deploys without azd: infra/deploy.sh dev|prod
# Wants the Azure CLI, signed in, and the settings that infra/*.bicepparam read from the environment.
set -eu

stage=${1:?say which stage: infra/deploy.sh dev or infra/deploy.sh prod}
cd "$(dirname "$0")/.."

# Where Azure keeps the record of the deployment; where the service runs stands in the parameter file.
region=${DEPLOYMENT_REGION:-swedencentral}
deployment="ledger-$stage"

npm run build
mkdir -p .local
rm -f .local/package.zip
(cd dist && zip -q -r ../.local/package.zip .)

az deployment sub create --name "$deployment" --location "$region" --parameters "infra/$stage.bicepparam" --output none

output() {
  az deployment sub show --name "$deployment" --query "properties.outputs.$1.value" --output tsv
}
group=$(output AZURE_RESOURCE_GROUP)
app=$(output FUNCTION_APP_NAME)
url=$(output SERVICE_API_ENDPOINT_URL)

az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src .local/package.zip --output none

# A new role can take minutes to count, so the first answers may be refusals of the store.
curl --silent --show-error --fail --retry 30 --retry-delay 10 --retry-all-errors "$url/health"
echo
echo "$url"
