#!/usr/bin/env bash
# Runs a bench: ./bench.sh kernel|tubes|pool|instruments|cluster [--quick] [--json]
set -euo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

name="${1:-}"
name="${name^}"
project="$root/bench/$name/$name.Bench.csproj"
if [[ -z "$name" || ! -f "$project" ]]; then
  benches="$(cd "$root/bench" && ls -- */*.Bench.csproj | cut -d/ -f1 | tr '[:upper:]' '[:lower:]' | paste -sd '|')"
  echo "usage: ./bench.sh $benches [--quick] [--json]" >&2
  exit 2
fi
shift
dotnet build "$project" -c Release --nologo -v quiet >&2
exec dotnet "$root/artifacts/bin/$name.Bench/release/Sluice.$name.Bench.dll" "$@"
