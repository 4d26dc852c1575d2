#!/usr/bin/env bash
# Installs what the tests need, builds, checks the format, runs every test; ends with "N passed, N failed".
set -uo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)"
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

if ! dotnet build Sluice.slnx -c Release --nologo -v quiet; then
  echo "test.sh: the build failed." >&2
  echo "0 passed, 1 failed"
  exit 1
fi

dotnet test Sluice.slnx -c Release --no-build --nologo -v quiet --logger trx --results-directory "$results"
status=$?

passed=0 failed=0
for file in "$results"/*.trx; do
  [[ -e "$file" ]] || continue
  counters="$(grep -o '<Counters [^>]*' "$file")"
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
done
if [[ $status -ne 0 && $failed -eq 0 ]]; then
  echo "test.sh: a test process ended before it could report." >&2
  failed=1
fi
echo "$passed passed, $failed failed"
[[ $status -eq 0 && $failed -eq 0 && $passed -gt 0 ]]
