#!/bin/sh
# Makes a self-signed server certificate for SK Sync and, if asked, a client certificate. See README.md.
set -eu
umask 077

usage() {
  cat <<'END'
Usage: make-certs.sh [options] [HOST...]

Makes server.pem and server.key for the given host names and addresses
(default: localhost, 127.0.0.1, ::1 and the name of this machine).

  --client       also make client.pem and client.key
  --dir DIR      where to put the files (default: the current directory)
  --rsa          RSA keys of 3072 bits instead of EC keys on curve P-256
  --days N       how long the certificates are valid (default: 825)
  --force        make files anew that exist already
  --help         show this text

A file that exists is left as it is, so the script can be run again.
END
}

fail() {
  echo "make-certs.sh: $1" >&2
  exit 2
}

dir=.
client=no
force=no
rsa=no
days=825
names=

add_name() {
  case $1 in
    '' | *[!A-Za-z0-9._:*-]*) fail "'$1' is neither a host name nor an address" ;;
    *:*) names="${names:+$names,}IP:$1" ;;
    *[!0-9.]*) names="${names:+$names,}DNS:$1" ;;
    *) names="${names:+$names,}IP:$1" ;;
  esac
}

while [ $# -gt 0 ]; do
  case $1 in
    --client) client=yes ;;
    --force) force=yes ;;
    --rsa) rsa=yes ;;
    --dir)
      [ $# -ge 2 ] || fail "--dir needs a directory"
      dir=$2
      shift
      ;;
    --days)
      [ $# -ge 2 ] || fail "--days needs a number"
      days=$2
      shift
      ;;
    --help)
      usage
      exit 0
      ;;
    -*) fail "unknown option $1; see --help" ;;
    *) add_name "$1" ;;
  esac
  shift
done

case $days in
  '' | 0* | *[!0-9]*) fail "--days: '$days' is not a number above 0" ;;
esac
command -v openssl >/dev/null 2>&1 || fail "openssl is not installed"

if [ -z "$names" ]; then
  add_name localhost
  add_name 127.0.0.1
  add_name ::1
  host=$(uname -n)
  [ "$host" = localhost ] || add_name "$host"
fi

mkdir -p -- "$dir"
work=$(mktemp -d "$dir/.make-certs.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
trap 'exit 1' HUP INT TERM

# make NAME PURPOSE SUBJECT_ALT_NAMES: writes NAME.pem and NAME.key, both or neither.
make() {
  if [ "$force" = no ]; then
    if [ -e "$dir/$1.pem" ] && [ -e "$dir/$1.key" ]; then
      echo "$dir/$1.pem and $1.key exist and stay as they are"
      return
    fi
    for file in "$dir/$1.pem" "$dir/$1.key"; do
      [ ! -e "$file" ] || fail "$file exists without its other half; move it away or use --force"
    done
  fi
  cat >"$work/config" <<END
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = sksync $1
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = $2
subjectKeyIdentifier = hash
END
  [ -z "$3" ] || echo "subjectAltName = $3" >>"$work/config"
  if [ "$rsa" = yes ]; then
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$work/$1.key" 2>"$work/log" || report
  else
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve \
      -out "$work/$1.key" 2>"$work/log" || report
  fi
  openssl req -new -x509 -sha256 -days "$days" -config "$work/config" -key "$work/$1.key" \
    -out "$work/$1.pem" 2>"$work/log" || report
  chmod 600 "$work/$1.key"
  chmod 644 "$work/$1.pem"
  mv -f -- "$work/$1.key" "$dir/$1.key"
  mv -f -- "$work/$1.pem" "$dir/$1.pem"
  echo "made $dir/$1.pem and $dir/$1.key"
  openssl x509 -in "$dir/$1.pem" -outform DER | openssl dgst -sha256 -r | sed 's/^\([0-9a-f]*\).*/fingerprint SHA256:\1/'
}

report() {
  cat "$work/log" >&2
  fail "openssl failed"
}

make server serverAuth "$names"
if [ "$client" = yes ]; then
  make client clientAuth ""
fi
