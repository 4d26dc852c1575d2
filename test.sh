#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test; ends with the line "N passed, N failed".
set -uo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)"
cd -- "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
  echo "test.sh: $1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Real parts that tests start by themselves, on 127.0.0.1 and in temporary folders. Debian would start a database server of its own
# when its package is installed; the setting in front of it says not to.
install_postgresql() {
  as_root mkdir -p /etc/postgresql-common &&
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null &&
    install_packages postgresql
}

# The broker's package starts a broker on all interfaces where something may start services; exit code 101 says that nothing may.
install_rabbitmq() {
  local policy=/usr/sbin/policy-rc.d made=no status
  [[ -e $policy ]] || { printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod +x "$policy" && made=yes; }
  install_packages rabbitmq-server iproute2 iptables
  status=$?
  [[ $made == no ]] || as_root rm -f "$policy"
  return $status
}

# Checks cluster-compose.yml against the compose schema: no Docker engine is needed for that.
install_dclint() {
  command -v npm >/dev/null || install_packages nodejs npm || return
  npm install --prefix artifacts/tools --no-save --no-audit --no-fund --silent dclint@2.2.2
}

command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed: put 'dotnet' on the PATH (https://dot.net/download)."
if ! command -v initdb >/dev/null && ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; then
  install_postgresql || fail "PostgreSQL is needed by the tests and could not be installed: run as root (or with sudo) once, or 'apt-get install postgresql'."
fi

if [[ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || ! command -v ip >/dev/null || ! command -v iptables >/dev/null; then
  install_rabbitmq || fail "RabbitMQ is needed by the tests and could not be installed: run as root (or with sudo) once, or 'apt-get install rabbitmq-server iproute2 iptables'."
fi

if ! command -v openssl >/dev/null; then
  install_packages openssl ||
    fail "openssl is needed by the tests and could not be installed: run as root (or with sudo) once, or 'apt-get install openssl'."
fi
if [[ ! -x artifacts/tools/node_modules/.bin/dclint ]]; then
  install_dclint || fail "npm is needed by the tests and could not be installed: run as root (or with sudo) once, or 'apt-get install npm'."
fi

dotnet build Sluice.slnx -c Release --nologo -v quiet || fail "the build failed."

rm -f artifacts/faults.txt
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
# One project after the other: two cores are soon too few for brokers, databases and kill tests at once.
dotnet test Sluice.slnx -c Release --no-build --nologo -v quiet -m:1 --logger "console;verbosity=minimal" --logger trx --results-directory "$results"
status=$?

[[ ! -e artifacts/faults.txt ]] || { echo; cat artifacts/faults.txt; echo; }

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
