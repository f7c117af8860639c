#!/bin/sh
# Makes a Debian package of target/sksync.jar with a Java runtime of its own. Called by: mvn -Ppackage package
#
# Usage: deb.sh VERSION JAVA_HOME
# The package, and what it is made of, come into target/deb.
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL
cd "$(dirname "$0")/.."

version=$(printf '%s' "$1" | sed 's/-/~/g')
jdk=$2
jar=target/sksync.jar
maintainer='SK Sync contributors <noreply@sksync.invalid>'
work=target/deb
tree=$work/tree
program=$tree/usr/lib/sksync
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
export SOURCE_DATE_EPOCH

command -v dpkg-deb >/dev/null || {
  echo "error: there is no dpkg-deb here; a .deb is made on Debian or Ubuntu" >&2
  exit 1
}
rm -rf "$work"
mkdir -p "$program" "$tree/DEBIAN" "$work/man"

# The modules that the program's classes name. Without java.sql: one class of Bouncy Castle that nothing uses names it;
# and without java.desktop, 30 MB: JNA's classes name it, which serve directory-watcher on macOS alone.
# With elliptic curves, which TLS finds by name; from Java 22 on they are in java.base.
modules=$("$jdk/bin/jdeps" --multi-release 17 --ignore-missing-deps --list-deps "$jar" |
  sed -n 's/^ *\([a-z.]*\).*/\1/p' | grep -v -e '^java\.sql$' -e '^java\.desktop$' | sort -u | paste -s -d , -)
if "$jdk/bin/java" --list-modules | grep -q '^jdk\.crypto\.ec@'; then
  modules=$modules,jdk.crypto.ec
fi
# Not compressed: the package is, and the program starts faster.
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --output "$program/runtime"
rm -f "$program/runtime/bin/jfr" "$program/runtime/bin/keytool"
if command -v strip >/dev/null; then
  find "$program/runtime" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper -o -name jexec \) \
    -exec strip --strip-unneeded {} +
fi
# The archive of the runtime's own classes, that of the launcher is based on it.
"$program/runtime/bin/java" -XX:+UseG1GC -Xshare:dump >"$work/dump.log" 2>&1 || {
  cat "$work/dump.log" >&2
  exit 1
}
cp sksync "$jar" "$program/"
mkdir -p "$tree/usr/bin"
ln -s ../lib/sksync/sksync "$tree/usr/bin/sksync"

# All of it comes from the program's own model of its commands.
run() {
  "$program/runtime/bin/java" -XX:TieredStopAtLevel=1 -jar "$jar" "$@"
}
run man --out "$work/man"
mkdir -p "$tree/usr/share/man/man1"
for page in "$work"/man/*.1; do
  gzip -9 -n <"$page" >"$tree/usr/share/man/man1/${page##*/}.gz"
done
completion() {
  mkdir -p "$tree/usr/share/$2"
  run completion "$1" >"$tree/usr/share/$2/$3"
}
completion bash bash-completion/completions sksync
completion zsh zsh/vendor-completions _sksync
completion fish fish/vendor_completions.d sksync.fish

doc=$tree/usr/share/doc/sksync
mkdir -p "$doc"
cp packaging/debian/copyright "$doc/"
printf 'sksync (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n' "$version" "$maintainer" \
  "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9 -n >"$doc/changelog.gz"
cp CHANGELOG.md README.md docs/*.md "$doc/"
cp -r config-samples "$doc/examples"

cp packaging/debian/postinst packaging/debian/prerm "$tree/DEBIAN/"
chmod -R u=rwX,go=rX "$tree"
chmod 755 "$tree/DEBIAN/postinst" "$tree/DEBIAN/prerm" "$program/sksync"

# The libraries of the system that the runtime is linked with.
depends='libc6, zlib1g'
if command -v dpkg-shlibdeps >/dev/null; then
  mkdir -p "$work/shlibs/debian"
  printf 'Source: sksync\n\nPackage: sksync\nArchitecture: any\n' >"$work/shlibs/debian/control"
  runtime=$PWD/$program/runtime
  depends=$(cd "$work/shlibs" && find "$runtime" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) \
    -exec dpkg-shlibdeps -O --ignore-missing-info "-l$runtime/lib" "-l$runtime/lib/server" {} + 2>/dev/null |
    sed -n 's/^shlibs:Depends=//p')
fi
cat >"$tree/DEBIAN/control" <<END
Package: sksync
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $maintainer
Section: net
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f 1)
Depends: $depends
Description: keeps folders in step between machines, with SK Sync's Android app too
 A daemon on a desktop or server, and a client on other machines: files that
 are new or newer on one side are copied to the other. Nothing is ever deleted,
 and no newer file is overwritten by an older one. Speaks every level of the SK
 Sync protocol, that of the Android app of 2009 and that of pysksync.
 .
 Brings its own Java along.
END
(cd "$tree" && find usr -type f -exec md5sum {} + | sort -k 2 >DEBIAN/md5sums)
chmod 644 "$tree/DEBIAN/control" "$tree/DEBIAN/md5sums"
package=target/sksync_${version}_$(dpkg --print-architecture).deb
rm -f target/sksync_*.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" >/dev/null
rm -rf "$tree"
echo "$package: $(du -k "$package" | cut -f 1) KiB, installed $(dpkg-deb -f "$package" Installed-Size) KiB"
