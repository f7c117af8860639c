#!/bin/sh
# Measures this program beside rsync and writes the figures to bench/results. See bench/README.md, or --help.
set -eu
cd "$(dirname "$0")/.."

# A JVM in another locale can't name files beyond ASCII.
LC_ALL=C.UTF-8
export LC_ALL

missing=""
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2> /dev/null || missing="$missing python3"
command -v rsync > /dev/null || missing="$missing rsync"
command -v openssl > /dev/null || missing="$missing openssl"
java_version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
[ "${java_version:-0}" -ge 17 ] || missing="$missing default-jdk-headless"
command -v mvn > /dev/null || [ -f target/sksync.jar ] || missing="$missing maven"
if [ -n "$missing" ]; then
  echo "error: missing:$missing (Python from 3.9 on, Java from 17 on); on Debian: apt-get install$missing" >&2
  exit 2
fi

exec python3 bench/harness "$@"
