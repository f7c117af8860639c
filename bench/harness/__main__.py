"""Measures this program beside rsync, prints the tables and keeps them. Started by bench/run.sh."""
import argparse
import fcntl
import os
import signal
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True

import machine
import report
import turns
import workloads
from peers import FROM_SERVER, TO_SERVER, Md5Floor, Ours, Pysksync, Rsync
from report import Goal, Row, memory_goals, ratio

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JAR = os.path.join(ROOT, "target", "sksync.jar")
LAUNCHER = os.path.join(ROOT, "sksync")
LEVELS = ["sksync 1", "pysksync 2"]

WORKLOADS = {
    "W0": "start-up: an empty folder",
    "W1": "notes: 1,502 files, 7.7 MB",
    "W2": "tree: 100,000 files of about 1 KB; with fsync off as well where that is known",
    "W3": "one file of 2 GiB; once with -Xmx64m as well",
    "W4": "text: 2,000 files, 400 MB",
    "W6": "the tree of W2, nothing changed",
    "W7": "the tree of W2, one file changed",
    "T3": "W3 inside TLS 1.3 against W3 without",
    "T4": "W4 inside TLS 1.3 against W4 without",
    "N1": "1,000,000 names unchanged against W6, with -Xmx512m",
    "C16": "16 clients with W1 at once against one after the other",
}


def parse(arguments):
    listed = "\n".join("  %-5s %s" % item for item in WORKLOADS.items())
    parser = argparse.ArgumentParser(
        prog="bench/run.sh", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures this program beside rsync, prints the table and keeps it in bench/results.\n\n"
                    "workloads (default: all of them):\n" + listed)
    parser.add_argument("workloads", nargs="*", metavar="workload", help="one of those above")
    parser.add_argument("--runs", type=int, default=0, help="timed runs of each contestant (default: 5; 2 if --quick)")
    parser.add_argument("--quick", action="store_true", help="small workloads, to see that it works; no figures")
    parser.add_argument("--directions", default="from,to", help="from, to or both (default: from,to)")
    parser.add_argument("--levels", default="1,2", help="1: sksync 1, 2: pysksync 2 (default: 1,2)")
    parser.add_argument("--fsync", default="off", metavar="MODES",
                        help="modes shown beside the default, with commas between; empty for none (default: off)")
    parser.add_argument("--by", choices=["launcher", "jar"], help="how ours is started (default: by ./sksync if it"
                        " is there); W0 has both")
    parser.add_argument("--rsync-lookup", action="store_true",
                        help="let rsync's daemon look its clients' names up, as it does when not told otherwise")
    parser.add_argument("--pysksync", metavar="DIR", help="a checkout of pysksync, to be measured too")
    parser.add_argument("--work", metavar="DIR", default=os.path.join(
        os.environ.get("TMPDIR", "/tmp"), "sksync-bench"), help="where the trees are (50 GB; default: %(default)s)")
    parser.add_argument("--results", metavar="DIR",
                        help="where the tables are kept (default: bench/results; target/bench if --quick)")
    parser.add_argument("--timeout", type=int, default=1800, metavar="S", help="for one run (default: %(default)s)")
    parser.add_argument("--no-build", action="store_true", help="take target/sksync.jar as it is")
    options = parser.parse_args(arguments)
    options.workloads = [name.upper() for name in options.workloads] or list(WORKLOADS)
    unknown = [name for name in options.workloads if name not in WORKLOADS]
    if unknown:
        parser.error("unknown workload %s; --help lists them" % ", ".join(unknown))
    options.runs = options.runs or (2 if options.quick else 5)
    options.results = options.results or os.path.join(ROOT, *(
        ["target", "bench"] if options.quick else ["bench", "results"]))
    try:
        options.directions = [{"from": FROM_SERVER, "to": TO_SERVER}[each] for each in options.directions.split(",")]
        options.levels = [LEVELS[int(each) - 1] for each in options.levels.split(",")]
    except (KeyError, ValueError, IndexError):
        parser.error("--directions takes from and to, --levels takes 1 and 2, with a comma between")
    options.fsync = [mode for mode in options.fsync.split(",") if mode]
    options.quiet_seconds = 0.2 if options.quick else 2
    options.clients = 4 if options.quick else 16
    options.work = os.path.realpath(options.work)
    if options.by == "launcher" and not os.access(LAUNCHER, os.X_OK):
        parser.error("--by launcher: there is no ./sksync")
    options.by = options.by or ("launcher" if os.access(LAUNCHER, os.X_OK) else "jar")
    return options


def build_jar(options):
    """Builds target/sksync.jar unless it is newer than every source."""
    if options.no_build and os.path.isfile(JAR):
        return
    modules = [os.path.join(ROOT, name, "src", "main") for name in os.listdir(ROOT) if name != "bench"]
    sources = [os.path.join(ROOT, "pom.xml")] + [
        os.path.join(directory, file)
        for module in modules for directory, _, files in os.walk(module) for file in files]
    if os.path.isfile(JAR) and all(os.path.getmtime(source) <= os.path.getmtime(JAR) for source in sources):
        return
    print("building target/sksync.jar", file=sys.stderr)
    subprocess.run(["mvn", "-q", "-B", "-pl", "sksync-cli", "-am", "package", "-DskipTests"], cwd=ROOT, check=True)


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return done.stdout.strip()


class Bench:
    """One run of all the chosen workloads."""

    def __init__(self, options):
        self.options = options
        self.trees = workloads.Trees(options.work, options.quick)
        # What a run left that was broken off.
        self.trees.remove_targets()
        self.rows = []
        self.contests = []
        self.sentences = []
        self._commit = git("rev-parse", "--short", "HEAD") or "unknown"
        self._dirty = bool(git("status", "--porcelain", "--untracked-files=no"))
        self._began = time.localtime()
        self._facts = machine.facts(options.work)
        self._report = self._report_path()
        self.command = [LAUNCHER] if options.by == "launcher" else ["java", "-jar", JAR]
        self.modes = self._known_modes()

    def run(self):
        chosen = self.options.workloads
        runners = {
            "W0": self.start_up, "W1": self.copies, "W2": self.copies, "W3": self.copies, "W4": self.copies,
            "W6": self.in_step, "W7": self.in_step, "T3": self.tls, "T4": self.tls, "N1": self.names,
            "C16": self.crowd}
        for name in chosen:
            for direction in self.options.directions:
                print("%s %s" % (name, direction), file=sys.stderr)
                runners[name](name, direction)
                self.write()

    # The rows

    def start_up(self, name, direction):
        contestants = [(self.ours("sksync 1", by="jar"), 0.40)]
        if os.access(LAUNCHER, os.X_OK):
            contestants.insert(0, (self.ours("sksync 1", by="launcher"), 0.15))
        else:
            self.say("W0 through the launcher: left out, there is no ./sksync.")
        other = Rsync(self.options.work, not self.options.rsync_lookup, "rsync, %s name look-up" % (
            "without" if self.options.rsync_lookup else "with"))
        found = self.contest(
            name, direction, workloads.Copy(self.trees, "empty"), [peer for peer, _ in contestants] + [other])
        for peer, limit in contestants:
            ours = found.results[peer.name]
            self.add(Row(name, peer.name, direction, ours, found.results["rsync"],
                         goals=[Goal("time", ours.median, limit, " s")] + memory_goals(ours),
                         note=self.beside(found.results[other.name], other.name)), found)

    def copies(self, name, direction):
        workload = workloads.Copy(self.trees, {"W1": "notes", "W2": "tree", "W3": "big", "W4": "text"}[name])
        peers = [self.ours(level) for level in self.options.levels]
        modes = [self.ours(level, fsync=mode) for level in self.options.levels for mode in self.modes]
        small = [self.ours(level, heap="64m") for level in self.options.levels] if name == "W3" else []
        floors = [Md5Floor(ROOT)] if name == "W3" and "pysksync 2" in self.options.levels else []
        found = self.contest(name, direction, workload, peers + modes, floors, untimed=small)
        rsync = found.results["rsync"]
        for peer in peers:
            ours = found.results[peer.name]
            of_rsync = ratio(ours, rsync)
            if name == "W1":
                goals = [Goal("time", ours.median, 0.30, " s"), Goal("ratio", of_rsync, 1.3)]
            elif floors and peer.level == "pysksync 2":
                goals = [Goal("time / MD5's", ratio(ours, found.results[floors[0].name]), 1.15)]
            else:
                goals = [Goal("ratio", of_rsync, 1.0)]
            self.add_with_modes(name, direction, peer, found, goals + memory_goals(ours))
            if name == "W2":
                self.durable(direction, peer, found)
        for peer in small:
            ours = found.results[peer.name]
            self.add(Row(name, peer.name, direction, ours, goals=memory_goals(ours)), found)

    def durable(self, direction, peer, found):
        off = found.results.get(peer.level + ", fsync off")
        if off is None:
            return
        ours = found.results[peer.name]
        self.add(Row("W2 durable", peer.name + ", default / fsync off", direction, ours,
                     goals=[Goal("ratio to fsync off", ratio(ours, off), 1.5)], variants={"off": off}), found)

    def in_step(self, name, direction):
        if name == "W6":
            workload, modes = workloads.Unchanged(self.trees, "tree"), []
        else:
            workload, modes = workloads.OneChanged(self.trees), self.modes
        peers = [self.ours(level) for level in self.options.levels]
        found = self.contest(name, direction, workload, peers + [
            self.ours(level, fsync=mode) for level in self.options.levels for mode in modes])
        for peer in peers:
            ours = found.results[peer.name]
            self.add_with_modes(name, direction, peer, found, [
                Goal("ratio", ratio(ours, found.results["rsync"]), 1.3)] + memory_goals(ours))

    def tls(self, name, direction):
        levels = [level for level in self.options.levels if level != "sksync 1"]
        if levels != self.options.levels:
            self.say("%s on sksync 1: left out; that level and TLS can't be configured together." % name)
        if not levels:
            return
        workload = workloads.Copy(self.trees, {"T3": "big", "T4": "text"}[name])
        certificates = os.path.join(self.options.work, "certs")
        subprocess.run([os.path.join(ROOT, "certs", "make-certs.sh"), "--dir", certificates, "localhost", "127.0.0.1"],
                       check=True, stdout=subprocess.DEVNULL)
        pairs = [(self.ours(level), self.ours(level, tls=certificates)) for level in levels]
        found = self.contest(name, direction, workload, [peer for pair in pairs for peer in pair], rivals=False)
        for plain, secure in pairs:
            ours = found.results[secure.name]
            of_plain = ratio(ours, found.results[plain.name])
            self.add(Row(name, secure.name, direction, ours, goals=[Goal("ratio to plain", of_plain, 1.6)]
                         + memory_goals(ours), note=self.beside(found.results[plain.name], "plain")), found)

    def names(self, name, direction):
        many, few = workloads.Unchanged(self.trees, "names"), workloads.Unchanged(self.trees, "tree")
        contestants = []
        for level in self.options.levels:
            contestants.append((self.ours(level, heap="512m", name=level + ", -Xmx512m, a tenth of the names"), few))
            contestants.append((self.ours(level, heap="512m"), many))
        found = turns.Contest(direction, contestants, self.options).run()
        self.contests.append((name, direction, found.results))
        for (small, _), (large, _) in zip(contestants[::2], contestants[1::2]):
            ours = found.results[large.name]
            of_few = ratio(ours, found.results[small.name])
            self.add(Row(name, large.name, direction, ours, goals=[Goal("time / W6's", of_few, 11)],
                         note=self.beside(found.results[small.name], "W6")), found)

    def crowd(self, name, direction):
        # A client locks its own folder, so those that send need one each.
        targets = [workloads.Copy(self.trees, "notes", str(i) if direction == TO_SERVER else "")
                   for i in range(self.options.clients)]
        for level in self.options.levels:
            found = turns.Crowd(direction, self.ours(level), targets, self.options).run()
            self.contests.append(("%s %s" % (name, level), direction, found.results))
            together, apart = found.results["at once"], found.results["one by one"]
            cpu = [statistics.median(map(sum, zip(each.client_cpu, each.daemon_cpu))) if each.seconds else 0
                   for each in (together, apart)]
            self.add(Row(name, "%s, %d at once" % (level, self.options.clients), direction, together, goals=[
                Goal("CPU time / one by one's", cpu[0] / cpu[1] if cpu[1] else None, 1.2)],
                note=self.beside(apart, "one by one")), found)

    # What rows are made of

    def ours(self, level, fsync=None, tls=None, heap=None, name=None, by=None):
        command = self.command
        if by:
            command = [LAUNCHER] if by == "launcher" else ["java", "-jar", JAR]
            name = "%s, by %s" % (level, "launcher" if by == "launcher" else "java -jar")
        return Ours(self.options.work, command, level, fsync, tls, heap, name)

    def contest(self, name, direction, workload, peers, floors=(), rivals=True, untimed=()):
        contestants = [(peer, workload) for peer in peers]
        if rivals:
            contestants.append((Rsync(self.options.work, self.options.rsync_lookup), workload))
            # pysksync's time for one file grows with the square of its size: it would never end.
            if self.options.pysksync and name != "W3":
                contestants += [(Pysksync(self.options.work, self.options.pysksync, level), workload)
                                for level in self.options.levels]
        found = turns.Contest(direction, contestants, self.options, [(floor, workload) for floor in floors],
                              [(peer, workload) for peer in untimed]).run()
        self.contests.append((name, direction, found.results))
        return found

    def add_with_modes(self, name, direction, peer, found, goals):
        variants = {mode: found.results.get("%s, fsync %s" % (peer.level, mode)) for mode in self.modes}
        self.add(Row(name, peer.name, direction, found.results[peer.name], found.results["rsync"],
                     {mode: result for mode, result in variants.items() if result},
                     found.results.get("pysksync, " + peer.level), goals), found)

    def add(self, row, found):
        row.noise = found.noise
        self.rows.append(row)

    def beside(self, result, what):
        return "" if result.median is None else "%s %.3f s" % (what, result.median)

    def say(self, sentence):
        if sentence not in self.sentences:
            self.sentences.append(sentence)
            print(sentence, file=sys.stderr)

    def _known_modes(self):
        known = []
        for mode in self.options.fsync:
            peer = self.ours("sksync 1", fsync=mode)
            try:
                peer.start()
                if peer.knows_its_keys():
                    known.append(mode)
                else:
                    self.say("fsync %s: left out, and the row \"W2 durable\" with it; this program does not know the"
                             " key fsync yet." % mode)
            except workloads.Failure as e:
                self.say("fsync %s: left out, %s" % (mode, e))
            finally:
                peer.stop()
        return known

    # The report

    def _report_path(self):
        name = "%s-%s" % (time.strftime("%Y-%m-%d", self._began), self._commit)
        os.makedirs(self.options.results, exist_ok=True)
        path, number = os.path.join(self.options.results, name + ".md"), 2
        while os.path.exists(path):
            path, number = os.path.join(self.options.results, "%s-%d.md" % (name, number)), number + 1
        return path

    def text(self):
        options = self.options
        head = ["# %s, commit %s%s" % (time.strftime("%Y-%m-%d %H:%M", self._began), self._commit,
                                       " with changes that are not committed" if self._dirty else ""), ""]
        if options.quick:
            head += ["**Quick run: small workloads. It shows that the benchmark works; its figures say nothing, and the"
                     " goals are not for them.**", ""]
        noisy = sum(1 for row in self.rows if row.noise)
        if noisy:
            head += ["**%d of %d rows are NOISY: don't believe them, run again on a quiet machine.**"
                     % (noisy, len(self.rows)), ""]
        head += ["- %s: %s" % fact for fact in self._facts]
        head += [
            "- load average at the end: %.2f %.2f %.2f" % os.getloadavg(),
            "- ours started by %s; medians of %d runs in turn, after one that was not timed" % (
                "./sksync" if options.by == "launcher" else "java -jar", options.runs),
            "- rsync -a against a daemon that %s; it forces nothing to the disk" % (
                "looks its clients' names up" if options.rsync_lookup else "does not look its clients' names up"),
        ]
        head += ["- " + sentence for sentence in self.sentences]
        return "\n".join(head + [
            "", "## Goals", "", report.goals_table(self.rows, self.modes),
            "", "## Memory, CPU time, bytes on the wire", "", report.resources_table(self.rows),
            "", "## All runs", "", report.runs_table(self.contests), ""])

    def write(self):
        """Writes what there is so far, so that a run that is broken off leaves its rows."""
        with open(self._report, "w") as file:
            file.write(self.text())

    def finish(self):
        if self.rows:
            print(self.text())
            print("kept as " + os.path.relpath(self._report), file=sys.stderr)
        self.trees.remove_targets()
        return any(row.ours.failure for row in self.rows)


def main():
    options = parse(sys.argv[1:])
    os.umask(0o022)
    os.makedirs(options.work, exist_ok=True)
    lock = open(os.path.join(options.work, "lock"), "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("error: another benchmark runs in %s; two at a time would measure each other" % options.work)
    # So that daemons are stopped when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    build_jar(options)
    bench = Bench(options)
    failed = True
    try:
        bench.run()
    finally:
        failed = bench.finish()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
