#!/bin/sh
# Builds the programs, then syncs a sample folder over TLS with a login, all on this machine, in target/try.
set -eu
cd "$(dirname "$0")/.."
. scripts/prepare.sh

mvn -q -B -DskipTests package

rm -rf target/try
mkdir -p target/try/server/notes/books target/try/client/notes
cd target/try
sksync="java -jar ../sksync.jar"

echo "A note that the server has." > server/notes/welcome.txt
echo "Ein Büchlein, 一本小书, книжка" > "server/notes/books/一本小书.txt"
echo "A note that the client has." > client/notes/mine.txt

sh ../../certs/make-certs.sh --dir server localhost 127.0.0.1 > /dev/null
cp server/server.pem client/server.pem

password=$(openssl rand -hex 12)
cat > server/sksync.json << END
{
    "host": "127.0.0.1",
    "port": 0,
    "use_ssl": true,
    "ssl_server_certfile": "server/server.pem",
    "ssl_server_keyfile": "server/server.key",
    "server_dir_whitelist": ["$PWD/server/notes"]
}
END
printf '%s\n' "$password" | $sksync useredit add reader -c server/sksync.json --password-stdin

# Made first: grep may look before the daemon's shell has opened it.
: > server/out.log
$sksync server -c server/sksync.json > server/out.log 2> server/err.log &
daemon=$!
trap 'kill "$daemon" 2> /dev/null; wait "$daemon" 2> /dev/null || true' EXIT
tries=0
until grep -q '^listening on ' server/out.log; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$daemon" 2> /dev/null; then
        cat server/err.log >&2
        exit 1
    fi
    sleep 0.2
done
port=$(sed -n 's/^listening on .*://p' server/out.log)

(
    umask 077
    cat > client/sksync.json << END
{
    "host": "127.0.0.1",
    "port": $port,
    "use_ssl": true,
    "ssl_server_certfile": "client/server.pem",
    "username": "reader",
    "password": "$password",
    "clients": {
        "notes": {
            "server_path": "$PWD/server/notes",
            "client_path": "client/notes",
            "recursive": true,
            "sync_type": "bidirectional_use_time"
        }
    }
}
END
)

echo
echo "\$ sksync client notes"
$sksync client notes -c client/sksync.json
echo
echo "The server's folder:"
(cd server/notes && find . -type f | sort)
echo "The client's folder:"
(cd client/notes && find . -type f | sort)
diff -r server/notes client/notes
echo "They are equal. What the daemon says:"
tail -n 1 server/err.log
