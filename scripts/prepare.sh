# Installs what building and testing need and the machine lacks. To be sourced by the other scripts.

LC_ALL=C.UTF-8
export LC_ALL

missing=""
java_version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
[ "${java_version:-0}" -ge 17 ] || missing="$missing default-jdk-headless"
command -v mvn > /dev/null || missing="$missing maven"
command -v openssl > /dev/null || missing="$missing openssl"

if [ -n "$missing" ]; then
    echo "Installing:$missing"
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    # The list of packages is one of words.
    # shellcheck disable=SC2086
    $as_root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing > /dev/null || {
        echo "error: could not install$missing; install them by hand and start again" >&2
        exit 1
    }
fi
