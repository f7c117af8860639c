"""The programs that are compared: how to start the daemon of each, and the command line of its client."""
import json
import os
import socket
import subprocess
import sys
import time

import measure
from workloads import Failure

START_SECONDS = 30

FROM_SERVER = "from server"
TO_SERVER = "to server"


def write_private(path, text):
    """Writes a file that nobody else may read: daemon and client take no other."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Peer:
    """A daemon of one kind and what its clients are started with. Subclasses give `name`, `_argv` and `client`."""

    name = "?"
    environment = dict(os.environ)

    def __init__(self, place, tag):
        self._directory = os.path.join(place, "peers", tag)
        os.makedirs(self._directory, exist_ok=True)
        self.process = None
        self.port = 0

    def file(self, name):
        return os.path.join(self._directory, name)

    def log(self):
        """Returns what the daemon has said so far."""
        with open(self.file("daemon.err"), errors="replace") as err:
            return err.read()

    def start(self):
        """Starts the daemon and waits until it takes clients."""
        argv = self._argv()
        with open(self.file("daemon.out"), "wb") as out, open(self.file("daemon.err"), "wb") as err:
            self.process = measure.start(argv, self.environment, out, err)
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Failure("the daemon of %s did not start: %s" % (self.name, self.log().strip()[-300:]))
            time.sleep(0.02)

    def stop(self):
        if self.process:
            measure.stop(self.process)
            self.process = None

    def cpu_seconds(self):
        return measure.settled_cpu_of(self.process.pid)

    def peak_bytes(self):
        return measure.peak_of(self.process.pid)

    def _is_ready(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False


class Ours(Peer):
    """This program, on one level, in one `fsync` mode, with or without TLS, in as much heap as it may have."""

    def __init__(self, place, command, level, fsync=None, tls=None, heap=None, name=None):
        parts = [level] + (["fsync " + fsync] if fsync else []) + (["TLS"] if tls else []) + (
            ["-Xmx" + heap] if heap else [])
        self.name = name or ", ".join(parts)
        super().__init__(place, self.name.replace(" ", "-").replace(",", ""))
        self._place = place
        self._command = command
        self.level = level
        self._keys = {"fsync": fsync} if fsync else {}
        self._tls = tls
        if heap:
            # Of all the ways to hand a JVM its options, this one wins over what a launcher sets.
            self.environment = dict(os.environ, _JAVA_OPTIONS="-Xmx" + heap)

    def _argv(self):
        config = {"host": "127.0.0.1", "port": 0, "require_auth": False, "server_dir_whitelist": [self._place]}
        config.update(self._keys)
        if self._tls:
            config.update(use_ssl=True, ssl_server_certfile=os.path.join(self._tls, "server.pem"),
                          ssl_server_keyfile=os.path.join(self._tls, "server.key"))
        write_private(self.file("daemon.json"), json.dumps(config, indent=2))
        return self._command + ["server", "-c", self.file("daemon.json")]

    def _is_ready(self):
        with open(self.file("daemon.out")) as out:
            line = out.readline()
        if not line.startswith("listening on ") or not line.endswith("\n"):
            return False
        self.port = int(line.rpartition(":")[2])
        return True

    def knows_its_keys(self):
        """Returns whether the daemon that was started knows every key of its configuration."""
        return not any('"%s" is not known' % key in self.log() for key in self._keys)

    def client(self, direction, source, target, port, tag="client"):
        down = direction == FROM_SERVER
        profile = {
            "server_path": source if down else target,
            "client_path": target if down else source,
            "recursive": True,
            "sync_type": "from_server_use_time" if down else "to_server_use_time",
        }
        profile.update(self._keys)
        config = {"host": "127.0.0.1", "port": port, "sksync1_compat": self.level == "sksync 1",
                  "clients": {"bench": profile}}
        if self._tls:
            config.update(use_ssl=True, ssl_server_certfile=os.path.join(self._tls, "server.pem"))
        path = self.file(tag + ".json")
        write_private(path, json.dumps(config, indent=2))
        return self._command + ["client", "bench", "-c", path]


class Rsync(Peer):
    """rsync -a against an rsync daemon, which forces nothing to the disk."""

    def __init__(self, place, lookup, name="rsync"):
        self.name = name
        super().__init__(place, name.replace(" ", "-").replace(",", ""))
        self._place = place
        self._lookup = lookup

    def _argv(self):
        self.port = free_port()
        write_private(self.file("rsyncd.conf"), "\n".join([
            "use chroot = no",
            "reverse lookup = " + ("yes" if self._lookup else "no"),
            # Without these a daemon of root writes as nobody.
            "uid = %d" % os.getuid(),
            "gid = %d" % os.getgid(),
            "[bench]",
            "path = " + self._place,
            "read only = no",
        ]) + "\n")
        return ["rsync", "--daemon", "--no-detach", "--config=" + self.file("rsyncd.conf"),
                "--address=127.0.0.1", "--port=%d" % self.port, "--log-file=" + self.file("rsyncd.log")]

    def client(self, direction, source, target, port, tag="client"):
        def url(directory):
            return "rsync://127.0.0.1:%d/bench/%s/" % (port, os.path.relpath(directory, self._place))

        if direction == FROM_SERVER:
            return ["rsync", "-a", url(source), target + "/"]
        return ["rsync", "-a", source + "/", url(target)]


class Pysksync(Peer):
    """A checkout of pysksync, run by the Python that runs this."""

    def __init__(self, place, checkout, level):
        self.name = "pysksync, " + level
        super().__init__(place, self.name.replace(" ", "-").replace(",", ""))
        self._program = os.path.join(os.path.abspath(checkout), "sksync.py")
        self._level = level

    def _write(self, name, **keys):
        config = {"host": "127.0.0.1", "sksync1_compat": self._level == "sksync 1", "require_auth": False,
                  "ssdp_advertise": False}
        config.update(keys)
        write_private(self.file(name), json.dumps(config))
        return [sys.executable, self._program, self.file(name)]

    def _argv(self):
        self.port = free_port()
        return self._write("daemon.json", port=self.port)

    def client(self, direction, source, target, port, tag="client"):
        down = direction == FROM_SERVER
        return self._write(tag + ".json", port=port, clients={"bench": {
            "server_path": source if down else target,
            "client_path": target if down else source,
            "recursive": True,
            "sync_type": "from_server_use_time" if down else "to_server_use_time",
        }}) + ["client", "bench"]


class Md5Floor:
    """No peer: how long one core needs for the MD5 of the workload's one file."""

    name = "MD5 on one core"

    def __init__(self, root):
        self._program = os.path.join(root, "bench/src/main/java/org/sksync/bench/Md5Floor.java")

    def seconds(self, source):
        files = [os.path.join(source, name) for name in os.listdir(source)]
        done = subprocess.run(["java", self._program] + files, stdout=subprocess.PIPE, text=True, check=True)
        return float(done.stdout)
