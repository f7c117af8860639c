"""The trees that are synced. Each is made once and kept; each run gets a fresh target, or a pair that is in step."""
import contextlib
import io
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(os.path.dirname(HERE), "gen_workload.py")
sys.path.insert(1, os.path.dirname(HERE))
sys.dont_write_bytecode = True
import gen_workload  # noqa: E402: it lies beside this package

BASE_MTIME = 1_700_000_000
NAMES_PER_DIRECTORY = 50

# ext4 gives no inode of a removed file anew for one minute, or six if its block is yet to be written, and each file that
# is made passes by all of them: once a tree of 100,000 files is removed, making one takes up to five times as long. So what was
# received is removed when all is done; or earlier, where the disk is too full, and then nothing is made for that long.
RECENTLY_REMOVED_SECONDS = 365
NEEDED_BYTES = 30_000_000_000
# Of these, what was received keeps its inodes, but not its bytes: the disk would not hold as many.
LARGE = ("big", "text")


class Failure(Exception):
    """A run that did not do what it had to; the text says what."""


def remove(directory):
    if os.path.isdir(directory):
        subprocess.run(["rm", "-rf", "--", directory], check=True)


def empty_files(directory):
    for parent, _, names in os.walk(directory):
        for name in names:
            os.truncate(os.path.join(parent, name), 0)


def file_system(path):
    done = subprocess.run(["stat", "-f", "-c", "%T", "--", path], stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


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
        self._targets = os.path.join(work, "targets")
        self._made_targets = 0
        self._removed = os.path.join(work, "removed")
        self._waits = not quick and file_system(work) == "ext2/ext3"

    def path(self, name):
        return os.path.join(self.work, "trees", name + self._suffix)

    def generated(self, name, which=""):
        """Returns a tree; with `which`, one more of the same."""
        if name == "empty":
            return self._made(name, os.makedirs)
        return self._made(name + which, lambda path: self._generate(name, path))

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

    def fresh(self):
        """Returns a new empty directory, once the file system has forgotten what was removed."""
        if self._waits and os.path.exists(self._removed):
            time.sleep(max(0.0, os.path.getmtime(self._removed) + RECENTLY_REMOVED_SECONDS - time.time()))
        self._made_targets += 1
        path = os.path.join(self._targets, str(self._made_targets))
        os.makedirs(path)
        return path

    def make_room(self):
        if shutil.disk_usage(self.work).free < NEEDED_BYTES:
            self.remove_targets()

    def remove_targets(self):
        if os.path.isdir(self._targets):
            remove(self._targets)
            os.sync()
            with open(self._removed, "w"):
                pass

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

    def __init__(self, trees, name, which=""):
        self._trees = trees
        self._is_large = name in LARGE
        self.source = trees.generated(name, which)
        self.target = ""

    def prepare(self):
        """Makes ready for a run, outside its time; returns source and target."""
        if self._is_large and self.target:
            empty_files(self.target)
        self.target = self._trees.fresh()
        return self.source, self.target

    def check(self, contents):
        compare(self.source, self.target, contents)

    def finish(self):
        self._trees.make_room()


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
