"""The trees that are synced. Each is made once and kept; each run gets a fresh target, or a pair that is in step."""
import contextlib
import io
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(os.path.dirname(HERE), "gen_workload.py")
sys.path.insert(1, os.path.dirname(HERE))
sys.dont_write_bytecode = True
import gen_workload  # noqa: E402: it lies beside this package

BASE_MTIME = 1_700_000_000
NAMES_PER_DIRECTORY = 50


class Failure(Exception):
    """A run that did not do what it had to; the text says what."""


def remove(directory):
    if os.path.isdir(directory):
        subprocess.run(["rm", "-rf", "--", directory], check=True)


def compare(wanted, found, contents):
    argv = [sys.executable, os.path.join(HERE, "compare.py"), wanted, found] + (["--bytes"] if contents else [])
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise Failure("the result differs: " + done.stdout.strip().replace("\n", "; "))


def make_names(root, count):
    """Makes empty files, as many to a directory as gen_workload's tree has; only names and times matter."""
    for i in range(count):
        directory = i // NAMES_PER_DIRECTORY
        parent = os.path.join(root, "t%02d" % (directory % 20), "s%04d" % (directory // 20))
        if i % NAMES_PER_DIRECTORY == 0:
            os.makedirs(parent, exist_ok=True)
        path = os.path.join(parent, "f%07d.txt" % i)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))
        os.utime(path, (BASE_MTIME + 2 * i, BASE_MTIME + 2 * i))


class Trees:
    """Where the trees are; made when they are first asked for, and kept from one run of this program to the next."""

    def __init__(self, work, quick):
        self.work = work
        self._suffix = "-quick" if quick else ""
        self._scales = {"notes": 0.1, "tree": 0.02, "text": 0.05} if quick else {}
        self._big_bytes = 64 << 20 if quick else 1 << 31
        self.tree_files = 2_000 if quick else 100_000

    def path(self, name):
        return os.path.join(self.work, "trees", name + self._suffix)

    def generated(self, name):
        if name == "empty":
            return self._made(name, os.makedirs)
        return self._made(name, lambda path: self._generate(name, path))

    def pair(self, name):
        """Returns two trees of the same files: `tree`, or `names` with ten times as many."""
        count = 10 * self.tree_files

        def make(path):
            make_names(path, count) if name == "names" else self._generate(name, path)

        source, target = self._made(name + "-a", make), self._made(name + "-b", make)
        # A run that was broken off may have left them out of step.
        subprocess.run(["rsync", "-a", source + "/", target + "/"], check=True)
        return source, target

    def touch_one(self, root):
        """Changes one file of a tree; another one each time, in later runs of this program too."""
        counter = root + ".variant"
        variant = 0
        if os.path.exists(counter):
            with open(counter) as file:
                variant = int(file.read())
        variant += 1
        while (7919 * variant) % 100_000 >= self.tree_files:
            variant += 1
        with open(counter, "w") as file:
            file.write(str(variant))
        with contextlib.redirect_stdout(io.StringIO()):
            gen_workload.touch1(root, variant)

    def fresh(self, name):
        """Returns an empty directory; what was in it is removed."""
        path = os.path.join(self.work, "targets", name)
        remove(path)
        os.makedirs(path)
        return path

    def _generate(self, name, path):
        argv = [sys.executable, GENERATOR, name, path]
        argv += ["--big-size", str(self._big_bytes)] if name == "big" else []
        argv += ["--scale", str(self._scales[name])] if name in self._scales else []
        subprocess.run(argv, check=True)

    def _made(self, name, make):
        path = self.path(name)
        if not os.path.isdir(path):
            print("making %s" % path, file=sys.stderr)
            unfinished = path + ".unfinished"
            remove(unfinished)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            make(unfinished)
            os.rename(unfinished, path)
        return path


class Copy:
    """A whole tree goes into an empty directory."""

    def __init__(self, trees, name, target="copy"):
        self._trees = trees
        self._name = target
        self.source = trees.generated(name)
        self.target = ""

    def prepare(self):
        """Makes ready for a run, outside its time; returns source and target."""
        self.target = self._trees.fresh(self._name)
        return self.source, self.target

    def check(self, contents):
        compare(self.source, self.target, contents)

    def finish(self):
        remove(self.target)


class Unchanged:
    """Two trees that are in step; nothing travels."""

    def __init__(self, trees, name):
        self.source, self.target = trees.pair(name)

    def prepare(self):
        return self.source, self.target

    def check(self, contents):
        # A run that changes nothing can't break what is checked, so once is enough; a million names take their time.
        if contents:
            compare(self.source, self.target, contents)

    def finish(self):
        compare(self.source, self.target, False)


class OneChanged:
    """Two trees that are in step but for one file."""

    def __init__(self, trees):
        self._trees = trees
        self.source, self.target = trees.pair("tree")

    def prepare(self):
        self._trees.touch_one(self.source)
        return self.source, self.target

    def check(self, contents):
        compare(self.source, self.target, contents)

    def finish(self):
        # What the daemon kept of the files that it replaced.
        remove(os.path.join(self.target, ".sksync"))
