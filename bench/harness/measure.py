"""Runs processes and says what they took: wall time, CPU time, memory, bytes on the wire."""
import os
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.01


@dataclass
class Run:
    """One process from its start to its end; peak_bytes is None where it was not measured."""
    seconds: float
    cpu_seconds: float
    peak_bytes: "int | None"
    code: int
    output: str


def peak_of(pid):
    """Returns the most memory that a process has had so far, in bytes; 0 if it is gone."""
    try:
        with open("/proc/%d/status" % pid) as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def children_of(pid):
    """Returns the process and all that descend from it."""
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir("/proc/%d/task" % parent):
                with open("/proc/%d/task/%s/children" % (parent, task)) as children:
                    found += [int(child) for child in children.read().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def cpu_of(pid):
    """Returns the CPU seconds of a process and of its children that have ended."""
    with open("/proc/%d/stat" % pid) as stat:
        fields = stat.read().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS_PER_SECOND


def settled_cpu_of(pid):
    """Returns cpu_of once the process is idle and none of its children is left, or after two seconds."""
    deadline = time.monotonic() + 2
    before = cpu_of(pid)
    while time.monotonic() < deadline:
        time.sleep(0.03)
        now = cpu_of(pid)
        if now == before and len(children_of(pid)) == 1:
            return now
        before = now
    return before


class PeakSampler:
    """Watches the memory of processes and their children; peak() is that of the largest one of them."""

    def __init__(self):
        self._peaks = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def watch(self, pid):
        self._peaks[pid] = 0

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self._stopped.set()
        self._thread.join()

    def peak(self, pid):
        return self._peaks[pid]

    def _watch(self):
        while not self._stopped.wait(SAMPLE_SECONDS):
            for pid in list(self._peaks):
                self._peaks[pid] = max([self._peaks[pid]] + [peak_of(each) for each in children_of(pid)])


def start(argv, environment, out, err):
    """Starts a process in a session of its own, so that a signal to this program's terminal does not reach it."""
    return subprocess.Popen(
        argv, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)


def run(argv, environment, log, timeout, sampler=None):
    """Runs a process to its end; its output goes to the file `log`."""
    with open(log, "wb") as out:
        own_peak = peak_of(os.getpid())
        began = time.perf_counter()
        process = start(argv, environment, out, subprocess.STDOUT)
        if sampler:
            sampler.watch(process.pid)
        killer = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
        killer.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    # The kernel's figure begins with the memory of whoever started the process, so a smaller one has to be sampled.
    peak = used.ru_maxrss * 1024
    if peak <= own_peak:
        peak = sampler.peak(process.pid) if sampler else None
    with open(log, errors="replace") as written:
        output = written.read()
    if seconds >= timeout:
        output += "\nended after %d s, which --timeout allows" % timeout
    return Run(seconds, used.ru_utime + used.ru_stime, peak, process.returncode, output)


def stop(process):
    """Ends a process that start() has started, and waits for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class CountingProxy:
    """Stands between a client and a server on loopback and counts the bytes that pass, in both directions together."""

    def __init__(self, port):
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._bytes = 0
        self._pumps = []
        self._ends = []
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def close(self):
        """Stops listening and returns how many bytes passed, once every connection is at its end."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join(10)
        for pump in self._pumps:
            pump.join(10)
        for end in self._ends:
            end.close()
        return self._bytes

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._ends.append(client)
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                # Else the client would wait for ever.
                client.shutdown(socket.SHUT_RDWR)
                continue
            self._ends.append(server)
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink in ((client, server), (server, client)):
                pump = threading.Thread(target=self._pump, args=(source, sink), daemon=True)
                self._pumps.append(pump)
                pump.start()

    def _pump(self, source, sink):
        piece = memoryview(bytearray(1 << 20))
        try:
            while count := source.recv_into(piece):
                sink.sendall(piece[:count])
                with self._lock:
                    self._bytes += count
        except OSError:
            pass
        finally:
            try:
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass
