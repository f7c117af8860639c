"""compare.py WANTED FOUND [--bytes]: whether two trees hold the same files: names, sizes and whole-second times.

With --bytes their contents too. What lies in the daemon's own directory .sksync is no part of a tree. A process of its
own, since the memory of the one that starts the measured programs would be counted as theirs.
"""
import os
import sys

PIECE = 1 << 20


def listing(root):
    """Yields (name, size, whole seconds) of every file, in the order of the names."""
    levels = [""]
    found = {}
    while levels:
        level = levels.pop()
        with os.scandir(os.path.join(root, level)) as entries:
            for entry in entries:
                name = level + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name != ".sksync":
                        levels.append(name + "/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[name] = (stat.st_size, stat.st_mtime_ns // 1_000_000_000)
    return found


def same_bytes(one, other):
    with open(one, "rb", buffering=0) as a, open(other, "rb", buffering=0) as b:
        while True:
            x, y = a.read(PIECE), b.read(PIECE)
            if x != y:
                return False
            if not x:
                return True


def differences(wanted_root, found_root, contents):
    """Returns a text for each difference."""
    wanted, found = listing(wanted_root), listing(found_root)
    texts = ["missing: " + name for name in wanted.keys() - found.keys()]
    texts += ["not wanted: " + name for name in found.keys() - wanted.keys()]
    for name in wanted.keys() & found.keys():
        if wanted[name] != found[name]:
            texts.append("%s: size and time %s instead of %s" % (name, found[name], wanted[name]))
        elif contents and wanted[name][0] and not same_bytes(
                os.path.join(wanted_root, name), os.path.join(found_root, name)):
            texts.append("%s: other content" % name)
    return sorted(texts)


if __name__ == "__main__":
    texts = differences(sys.argv[1], sys.argv[2], "--bytes" in sys.argv)
    for text in texts[:3]:
        print(text)
    if len(texts) > 3:
        print("and %d more" % (len(texts) - 3))
    sys.exit(1 if texts else 0)
