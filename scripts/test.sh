#!/bin/sh
# Builds everything and runs every check.
set -eu
cd "$(dirname "$0")/.."
. scripts/prepare.sh

mvn -B verify
