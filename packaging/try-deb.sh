#!/bin/sh
# Tries the package in target/ as its users would: installs it on this machine, uses it without any other Java, and
# removes it. It needs root, a Debian or Ubuntu that does not have the package, one package in target/, and the tools
# that are checked below; systemd-analyze is used if it is there. Man pages must not be left out by dpkg
# (path-exclude), as they are in most images for containers.
set -eu
cd "$(dirname "$0")/.."

say() {
  echo "== $1"
}
fail() {
  echo "error: $1" >&2
  exit 1
}
[ "$(id -u)" -eq 0 ] || fail "this installs a package; run it as root"
command -v dpkg >/dev/null || fail "there is no dpkg; this is for Debian and Ubuntu"
command -v man >/dev/null || fail "there is no man; install the package man-db"
tools="sh bash cat dirname env find grep id ls mkdir mv readlink rm sed sleep stat sync wc"
for tool in $tools diff mktemp tail; do
  command -v "$tool" >/dev/null || fail "there is no $tool; install it"
done
package=$(ls target/sksync_*.deb 2>/dev/null) || fail "there is no package in target; make it: mvn -Ppackage package"
[ -f "$package" ] || fail "there are several packages in target; leave one: $package"
if [ "$(dpkg-query -W -f '${db:Status-Status}' sksync 2>/dev/null)" = installed ]; then
  fail "sksync is installed already; remove it first: dpkg -r sksync"
fi

here=$(mktemp -d)
daemon=''
# Started here only; it is left as it was found.
finish() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  dpkg -r sksync >/dev/null 2>&1 || true
  rm -rf "$here"
}
trap finish EXIT

# What the launcher needs, and no Java.
mkdir "$here/bin" "$here/home"
for tool in $tools; do
  ln -s "$(command -v "$tool")" "$here/bin/$tool"
done
program() {
  env -i PATH="$here/bin" HOME="$here/home" /usr/bin/sksync "$@"
}

say "install $package"
dpkg -i "$package" >/dev/null
program --version
dpkg -V sksync

say "man pages and completion"
man -w sksync >/dev/null || fail "the man pages are not there; does dpkg leave them out (path-exclude)?"
for page in /usr/share/man/man1/sksync*.1.gz; do
  warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  [ -z "$warnings" ] || fail "$page: $warnings"
done
bash -n /usr/share/bash-completion/completions/sksync
for file in zsh/vendor-completions/_sksync fish/vendor_completions.d/sksync.fish; do
  [ -s "/usr/share/$file" ] || fail "/usr/share/$file is missing"
done

say "daemon and client, with a login and names beyond ASCII"
mkdir "$here/served" "$here/mirrored"
echo "from the server" >"$here/served/größe 一本.txt"
echo "from the client" >"$here/mirrored/naïve ñ.txt"
(
  umask 077
  cat >"$here/sksync.json" <<END
{
    "host": "127.0.0.1", "port": 0,
    "server_dir_whitelist": ["$here/served"]
}
END
)
echo secret-of-a-try | program useredit add reader -c "$here/sksync.json" --password-stdin
env -i PATH="$here/bin" HOME="$here/home" /usr/bin/sksync server -c "$here/sksync.json" >"$here/out" 2>"$here/err" &
daemon=$!
tries=0
until grep -q '^listening on ' "$here/out"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 150 ] || ! kill -0 "$daemon" 2>/dev/null; then
    fail "the daemon does not start: $(cat "$here/err")"
  fi
  sleep 0.2
done
port=$(sed -n 's/^listening on .*://p' "$here/out")
(
  umask 077
  cat >"$here/client.json" <<END
{
    "host": "127.0.0.1", "port": $port, "username": "reader", "password": "secret-of-a-try",
    "clients": { "try": {
        "server_path": "$here/served", "client_path": "$here/mirrored", "recursive": true,
        "sync_type": "bidirectional_use_time"
    } }
}
END
)
program client try -c "$here/client.json"
diff -r "$here/served" "$here/mirrored"
[ -e "$here/served/naïve ñ.txt" ] || fail "the client's file did not arrive"
case $(readlink "/proc/$daemon/exe") in
  /usr/lib/sksync/runtime/*) ;;
  *) fail "the daemon runs on another Java: $(readlink "/proc/$daemon/exe")" ;;
esac
kill "$daemon"
wait "$daemon" 2>/dev/null || [ $? -eq 143 ] || fail "the daemon did not end as it was told"
daemon=''

say "a service of the machine, as it would be"
program service install --system --dry-run -c "$here/sksync.json" >"$here/service" 2>/dev/null
sed -n 's/^    //p' "$here/service" >"$here/sksync.service"
grep 'ExecStart=:"/usr/lib/sksync/sksync"' "$here/sksync.service"
if command -v systemd-analyze >/dev/null; then
  systemd-analyze security --offline=true "$here/sksync.service" | tail -n 1
fi

say "remove"
# The archive of classes is made in the background; its Java is one of the files that go.
tries=0
while ls -d "$here"/home/.cache/sksync/*.making >/dev/null 2>&1 && [ "$tries" -le 150 ]; do
  tries=$((tries + 1))
  sleep 0.2
done
dpkg -L sksync | grep -E 'sksync' >"$here/files"
dpkg -r sksync >/dev/null
while read -r file; do
  [ ! -e "$file" ] || fail "$file is still there"
done <"$here/files"
echo "The package works, and nothing of it is left."
