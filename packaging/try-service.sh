#!/bin/sh
# Tries the service of the package in target/ under a real systemd: boots a container that sees this machine's files and
# changes none of them, installs package and service in it, syncs, and looks at what the service can see and write.
# As root, with systemd-nspawn (package systemd-container); the container has no network but its own loopback.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "error: $1" >&2
  exit 1
}
[ "$(id -u)" -eq 0 ] || fail "this boots a container; run it as root"
command -v systemd-nspawn >/dev/null || fail "there is no systemd-nspawn; install the package systemd-container"
package=$(ls target/sksync_*.deb 2>/dev/null) || fail "there is no package in target; make it: mvn -Ppackage package"

here=$(mktemp -d)
finish() {
  umount "$here/root" 2>/dev/null || true
  umount "$here/changes" 2>/dev/null || true
  rm -rf "$here"
}
trap finish EXIT
mkdir "$here/root" "$here/changes" "$here/shared"
mount -t tmpfs tmpfs "$here/changes"
mkdir "$here/changes/upper" "$here/changes/work"
mount -t overlay overlay "$here/root" \
  -o "lowerdir=/,upperdir=$here/changes/upper,workdir=$here/changes/work"
cp "$package" "$here/shared/sksync.deb"

units=$here/root/etc/systemd/system
rm -rf "$units"
mkdir -p "$units/multi-user.target.wants"
ln -s /lib/systemd/system/multi-user.target "$units/default.target"
for unit in getty.target console-getty.service systemd-udevd.service systemd-logind.service \
  systemd-networkd.service systemd-resolved.service systemd-timesyncd.service; do
  ln -s /dev/null "$units/$unit"
done
: >"$here/root/etc/machine-id"
cat >"$units/try.service" <<'END'
[Service]
Type=oneshot
ExecStart=/bin/sh /shared/try.sh
ExecStopPost=/bin/systemctl --force poweroff
END
ln -s ../try.service "$units/multi-user.target.wants/try.service"

cat >"$here/shared/try.sh" <<'END'
exec >/shared/log 2>&1
set -eu
export LC_ALL=C.UTF-8 HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin
trap '[ $? -eq 0 ] || { echo FAILED; journalctl -u sksync --no-pager; }' EXIT
must_fail() {
  if "$@" 2>/dev/null; then
    echo "this should have failed: $*"
    exit 1
  fi
}
dpkg -i /shared/sksync.deb >/dev/null
useradd -m me
wild='/home/me/my 100% "no$HOME\\tes"'
config=/home/me/conf/sksync.json
install -d -o me "$wild" /home/me/conf /srv/books /var/tmp/shelf
install -d -m 777 /srv/other
echo secret >/home/me/secret
i=0
while [ $i -lt 200 ]; do i=$((i + 1)); echo $i >"$wild/größe $i"; done
chown -R me "$wild"
# In JSON each backslash and quote is escaped.
cat >$config <<'JSON'
{ "require_auth": false, "host": "127.0.0.1",
  "server_dir_whitelist": ["/home/me/my 100% \"no$HOME\\\\tes\"", "/srv/books", "/srv/missing",
                           "/var/tmp/shelf"],
  "clients": {
    "wild": { "server_path": "/home/me/my 100% \"no$HOME\\\\tes\"", "client_path": "/srv/client", "recursive": true,
              "sync_type": "bidirectional_use_time" },
    "books": { "server_path": "/srv/books", "client_path": "/srv/client", "recursive": true,
               "sync_type": "bidirectional_use_time" } } }
JSON
chown me $config
chmod 600 $config

echo "== install"
sksync service install -c $config
sksync service status
systemd-analyze security sksync.service | tail -n 1

echo "== sync"
tries=0
until bash -c ': </dev/tcp/127.0.0.1/23456' 2>/dev/null; do
  tries=$((tries + 1))
  [ $tries -le 150 ]
  sleep 0.2
done
mkdir /srv/client
echo mine >/srv/client/naïve-ñ
sksync client wild books -c $config
[ "$(ls "$wild" | wc -l)" -eq 201 ]
[ "$(ls /srv/books | wc -l)" -eq 201 ]
[ "$(stat -c %U:%a "$wild/naïve-ñ")" = me:600 ]

echo "== what the service sees and may write"
pid=$(systemctl show -p MainPID --value sksync)
grep -E '^(Uid|CapBnd|NoNewPrivs|Seccomp):' /proc/"$pid"/status
inside() {
  nsenter -t "$pid" -m setpriv --reuid me --clear-groups "$@"
}
inside ls -A /home/me
must_fail inside cat /home/me/secret
must_fail inside touch /home/me/new
must_fail inside touch /home/me/conf/new
must_fail inside touch /srv/other/new
inside touch "$wild/new" /srv/books/new /var/tmp/shelf/new
[ -e /var/tmp/shelf/new ]

echo "== stop, start, remove"
systemctl stop sksync
[ "$(systemctl show -p Result --value sksync)" = success ]
systemctl start sksync
dpkg -r sksync >/dev/null
must_fail systemctl is-active --quiet sksync
[ ! -e /etc/systemd/system/sksync.service ]
echo WORKED
END

timeout -k 5 "${SKSYNC_TRY_SECONDS:-300}" systemd-nspawn --quiet --register=no --keep-unit --private-network \
  -D "$here/root" --bind="$here/shared:/shared" --boot >"$here/boot" 2>&1 || true
cat "$here/shared/log" 2>/dev/null || cat "$here/boot"
grep -q '^WORKED$' "$here/shared/log" || fail "the service does not work; what it did is above"
