#!/usr/bin/env bash
# Makes what cluster-compose.yml keeps secret, once: an authority of the cluster's own, certificates for the broker, the database and the
# members, and random passwords. ./deploy/make-secrets.sh [FOLDER]; the folder (default ./secrets) must not exist.
set -euo pipefail
folder="${1:-secrets}"
days="${SLUICE_CERTIFICATE_DAYS:-825}"

if [[ -e "$folder" ]]; then
  echo "make-secrets: $folder exists already; remove it to make new secrets, or give another folder." >&2
  exit 1
fi
command -v openssl >/dev/null || { echo "make-secrets: openssl is needed: apt-get install openssl." >&2; exit 1; }

# Only this user gets into the folder; the containers, which run as other users, get single files of it.
umask 022
mkdir -m 700 "$folder"
trap 'status=$?; [[ $status -eq 0 ]] || rm -rf "$folder"' EXIT
cd "$folder"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" \
  -subj "/CN=Sluice cluster authority" -keyout ca.key -out ca.pem 2>/dev/null
chmod 600 ca.key

certificate() { # NAME USAGE
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -out "$1.pem" -extfile <(
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\nkeyUsage=digitalSignature\n' "$1" "$2"
  ) 2>/dev/null
  chmod 644 "$1.key"
  rm "$1.csr"
}
certificate rabbitmq serverAuth
certificate postgres serverAuth
certificate member clientAuth

password() { openssl rand -hex 24; }
rabbitmq_password="$(password)"
postgres_password="$(password)"
printf '%s' "$rabbitmq_password" >rabbitmq-password
printf '%s' "$postgres_password" >postgres-password
printf 'postgres:5432:sluice:sluice:%s\n' "$postgres_password" >pgpass
# Read and write are the same, because brokers up to 3.10 at least take one for the other.
cat >rabbitmq-user.conf <<END
default_vhost = sluice
default_user = sluice
default_pass = $rabbitmq_password
default_permissions.configure = ^sluice\\.
default_permissions.read = ^(sluice\\..*|amq\\.default|amq\\.rabbitmq\\.event)\$
default_permissions.write = ^(sluice\\..*|amq\\.default|amq\\.rabbitmq\\.event)\$
END

echo "make-secrets: $(pwd) has the certificates (valid $days days) and passwords; keep ca.key somewhere else."
