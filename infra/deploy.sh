#!/bin/sh
# Provisions and deploys without azd: infra/deploy.sh dev|prod [--resource-group NAME] [--package FILE]
#   --resource-group  into a group that somebody else has made, without any right on the subscription
#   --package         ships this zip of dist/ instead of building one
# Wants the Azure CLI, signed in, and the settings that infra/*.bicepparam read from the environment. Can be broken off
# and run again at any time.
set -eu

usage() {
  echo "usage: infra/deploy.sh dev|prod [--resource-group NAME] [--package FILE]" >&2
  exit 2
}

# A new role counts after 15 minutes at the latest; five more, so that the last one is not missed.
# learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
minutes=20
seconds=15

stage=${1:-}
case $stage in dev | prod) shift ;; *) usage ;; esac
group=''
package=''
while [ $# -gt 0 ]; do
  case $1 in
    --resource-group) group=${2:-} ;;
    --package) package=${2:-} ;;
    *) usage ;;
  esac
  [ -n "${2:-}" ] || usage
  shift 2
done
case $package in '' | /*) ;; *) package=$PWD/$package ;; esac
cd "$(dirname "$0")/.."
mkdir -p .local
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# Where Azure keeps the record of the deployment; where the service runs stands in the parameter file.
region=${DEPLOYMENT_REGION:-swedencentral}
name="ledger-$stage"

tell() {
  echo "$(date +%H:%M:%S) $*"
}

# For a while, what fails with one of these words may only be too early (github.com/Azure/azure-functions-core-tools/issues/4346).
# patiently WHAT WORDS COMMAND…, where no words stand for any
patiently() {
  what=$1
  words=$2
  shift 2
  waited=0
  until "$@" >"$said" 2>&1; do
    passes=yes
    [ -z "$words" ] || grep -qE "$words" "$said" || passes=no
    if [ "$passes" = no ] || [ "$waited" -ge $((minutes * 60)) ]; then
      cat "$said" >&2
      tell "$what failed after $((waited / 60)) minutes of waiting" >&2
      exit 1
    fi
    sleep "$seconds"
    waited=$((waited + seconds))
    tell "$what: not yet, tried for $((waited / 60)) of $minutes minutes"
  done
}

deployment() {
  verb=$1
  shift
  if [ -n "$group" ]; then
    az deployment group "$verb" --resource-group "$group" --name "$name" "$@"
  else
    az deployment sub "$verb" --name "$name" "$@"
  fi
}

# One that was broken off here goes on in Azure, which refuses another of the same name meanwhile.
await_deployment() {
  while state=$(deployment show --query properties.provisioningState --output tsv 2>/dev/null); do
    case $state in Accepted | Running) ;; *) return 0 ;; esac
    tell "an earlier deployment is still under way"
    sleep "$seconds"
  done
}

provision() {
  if [ -n "$group" ]; then
    az bicep build-params --file "infra/$stage.bicepparam" --outfile .local/parameters.json
    deployment create --template-file infra/resources.bicep --parameters @.local/parameters.json --output none
  else
    deployment create --location "$region" --parameters "infra/$stage.bicepparam" --output none
  fi
}

output() {
  deployment show --query "properties.outputs.$1.value" --output tsv
}

upload() {
  az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none
}

if [ -z "$package" ]; then
  tell "building"
  npm run build
  package=$PWD/.local/package.zip
  rm -f "$package"
  (cd dist && zip -q -r "$package" .)
fi

await_deployment
tell "provisioning, which takes about 15 minutes the first time"
provision
app=$(output FUNCTION_APP_NAME)
url=$(output SERVICE_API_ENDPOINT_URL)
[ -n "$group" ] || group=$(output AZURE_RESOURCE_GROUP)

tell "uploading the package to $app"
patiently "the upload" "403|Forbidden|Authorization|InaccessibleStorage|BlobUploadFailed|50[234]|429" upload
tell "waiting for $url/health"
patiently "the service" "" curl --silent --show-error --fail --max-time 30 "$url/health"
tell "ready $url"
