"""Lets contestants run in turn on one workload, and keeps what each run took."""
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import machine
import measure
from workloads import Failure


@dataclass
class Result:
    """What the runs of one contestant took; `failure` says why there are none, or no more."""
    seconds: "list[float]" = field(default_factory=list)
    client_cpu: "list[float]" = field(default_factory=list)
    daemon_cpu: "list[float]" = field(default_factory=list)
    client_peak: int = 0
    daemon_peak: int = 0
    wire_bytes: "int | None" = None
    failure: str = ""

    @property
    def median(self):
        return statistics.median(self.seconds) if self.seconds and not self.failure else None


@dataclass
class Turns:
    """The results of all contestants, by their names, and why they may not be believed."""
    results: "dict[str, Result]"
    noise: "list[str]"


class Contest:
    """
    Contestants are pairs of a peer and the workload that it runs, as are those that are not timed: of these the memory
    counts, and one run tells it.
    """

    def __init__(self, direction, contestants, options, floors=(), untimed=()):
        self._direction = direction
        self._contestants = contestants
        self._options = options
        self._floors = floors
        self._untimed = untimed
        self._results = {peer.name: Result() for peer, _ in [*contestants, *untimed]}
        self._results.update({floor.name: Result() for floor, _ in floors})

    def run(self):
        """Starts a fresh daemon for each, lets each run once outside the timing, then all of them in turn."""
        busy = machine.others(self._options.quiet_seconds)
        before = machine.cpu_times()
        try:
            for peer, workload in self._untimed:
                self._guarded(peer, lambda: self._first(peer, workload))
                peer.stop()
            for peer, workload in self._contestants:
                self._guarded(peer, lambda: self._first(peer, workload))
            for turn in range(self._options.runs):
                for floor, workload in self._floors:
                    self._results[floor.name].seconds.append(floor.seconds(workload.source))
                # Nobody always comes after the same one.
                shift = turn % len(self._contestants)
                for peer, workload in self._contestants[shift:] + self._contestants[:shift]:
                    self._guarded(peer, lambda: self._timed(peer, workload))
            self._finish()
            for peer, _ in self._contestants:
                if peer.process:
                    result = self._results[peer.name]
                    result.daemon_peak = max(result.daemon_peak, peer.peak_bytes())
        finally:
            for peer, _ in [*self._contestants, *self._untimed]:
                peer.stop()
        during = machine.cpu_times() - before
        busy = max(busy, machine.others(self._options.quiet_seconds))
        return Turns(self._results, machine.machine_noise(busy, during) + self._spreads())

    def _finish(self):
        for workload in {id(workload): workload for _, workload in self._contestants}.values():
            try:
                workload.finish()
            except Failure as e:
                # Nobody knows whose run it was.
                for peer, ran in self._contestants:
                    if ran is workload:
                        self._results[peer.name].failure = self._results[peer.name].failure or str(e)

    def _spreads(self):
        found = [(name, machine.spread_noise(result.seconds)) for name, result in self._results.items()]
        return ["%s: %s" % (name, why) for name, why in found if why]

    def _guarded(self, peer, work):
        result = self._results[peer.name]
        if result.failure:
            return
        try:
            work()
        except Failure as e:
            result.failure = str(e)
            print("FAILED %s: %s" % (peer.name, e), file=sys.stderr)
            peer.stop()

    def _first(self, peer, workload):
        """Warms caches and the daemon up, counts bytes and memory, which would cost time, and compares all contents."""
        peer.start()
        source, target = workload.prepare()
        proxy = measure.CountingProxy(peer.port)
        sampler = measure.PeakSampler()
        sampler.watch(peer.process.pid)
        sampler.start()
        result = self._results[peer.name]
        try:
            run = self._run(peer, peer.client(self._direction, source, target, proxy.port), sampler)
        finally:
            sampler.stop()
            result.wire_bytes = proxy.close()
        result.client_peak = run.peak_bytes or 0
        result.daemon_peak = sampler.peak(peer.process.pid)
        workload.check(contents=True)

    def _timed(self, peer, workload):
        source, target = workload.prepare()
        argv = peer.client(self._direction, source, target, peer.port)
        # Else the disk still works on what the run before has written.
        os.sync()
        daemon_before = peer.cpu_seconds()
        run = self._run(peer, argv, None)
        result = self._results[peer.name]
        result.daemon_cpu.append(peer.cpu_seconds() - daemon_before)
        result.client_cpu.append(run.cpu_seconds)
        result.client_peak = max(result.client_peak, run.peak_bytes or 0)
        workload.check(contents=False)
        result.seconds.append(run.seconds)
        print("  %-28s %8.3f s" % (peer.name, run.seconds), file=sys.stderr)

    def _run(self, peer, argv, sampler):
        run = measure.run(argv, peer.environment, peer.file("client.log"), self._options.timeout, sampler)
        if run.code != 0:
            raise Failure("the client ended with %d: %s" % (run.code, run.output.strip()[-300:]))
        return run


class Crowd:
    """Many clients at once, and as many one after the other; what counts is the CPU time of all ends together."""

    def __init__(self, direction, peer, workloads, options):
        self._direction = direction
        self._peer = peer
        self._workloads = workloads
        self._options = options

    def run(self):
        """Returns the turns of two contestants, `at once` and `one by one`; their CPU time stands with the clients."""
        together, apart = Result(), Result()
        busy = machine.others(self._options.quiet_seconds)
        before = machine.cpu_times()
        try:
            self._peer.start()
            self._round(Result(), self._at_once)
            for _ in range(self._options.runs):
                self._round(together, self._at_once)
                self._round(apart, self._one_by_one)
            together.daemon_peak = self._peer.peak_bytes()
            for workload in self._workloads:
                workload.finish()
        except Failure as e:
            together.failure = str(e)
        finally:
            self._peer.stop()
        during = machine.cpu_times() - before
        busy = max(busy, machine.others(self._options.quiet_seconds))
        noise = machine.machine_noise(busy, during)
        for name, result in (("at once", together), ("one by one", apart)):
            why = machine.spread_noise([a + b for a, b in zip(result.client_cpu, result.daemon_cpu)])
            noise += ["%s, CPU: %s" % (name, why)] if why else []
        return Turns({"at once": together, "one by one": apart}, noise)

    def _round(self, result, runner):
        argvs = []
        for i, workload in enumerate(self._workloads):
            source, target = workload.prepare()
            argvs.append(self._peer.client(self._direction, source, target, self._peer.port, "client-%d" % i))
        os.sync()
        daemon_before = self._peer.cpu_seconds()
        began = time.perf_counter()
        runs = runner(argvs)
        seconds = time.perf_counter() - began
        result.daemon_cpu.append(self._peer.cpu_seconds() - daemon_before)
        result.client_cpu.append(sum(run.cpu_seconds for run in runs))
        result.client_peak = max([result.client_peak] + [run.peak_bytes or 0 for run in runs])
        for run, workload in zip(runs, self._workloads):
            if run.code != 0:
                raise Failure("a client ended with %d: %s" % (run.code, run.output.strip()[-300:]))
            workload.check(contents=False)
        result.seconds.append(seconds)

    def _one_by_one(self, argvs):
        return [self._client(i, argv) for i, argv in enumerate(argvs)]

    def _at_once(self, argvs):
        with ThreadPoolExecutor(len(argvs)) as pool:
            return list(pool.map(self._client, range(len(argvs)), argvs))

    def _client(self, i, argv):
        return measure.run(
            argv, self._peer.environment, self._peer.file("client-%d.log" % i), self._options.timeout)
