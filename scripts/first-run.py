#!/usr/bin/env python3
"""Plays the first sync of the README in two real terminals (tmux), and fails if it does not go as the README says.

    scripts/first-run.py                            with ./sksync, two home directories of its own
    scripts/first-run.py --sksync sksync --accounts ann bob
                                                    with what is installed, as two accounts of this machine (as root)
    scripts/first-run.py --svg docs/first-run.svg   keeps what was seen as a picture

It ends by itself: each answer is waited for, a minute at the most.
"""
import argparse
import getpass
import html
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

COLUMNS, LINES = 100, 200
PATIENCE_SECONDS = 60
NOTE = "milk, bread, a new bicycle bell\n"


class Failed(Exception):
    pass


class Screen:
    """One terminal, and whoever sits there."""

    def __init__(self, socket, name, command, home):
        self.socket, self.name, self.home = socket, name, home
        first = subprocess.run(["tmux", "-L", socket, "has-session"], capture_output=True).returncode != 0
        start = ["new-session", "-d", "-x", str(COLUMNS), "-y", str(LINES)] if first else ["new-window", "-d"]
        self.tmux(*start, "-n", name, command)
        self.wait_for(rf"{name}\$\Z")

    def tmux(self, *words):
        command = ["tmux", "-L", self.socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def text(self):
        return self.tmux("capture-pane", "-p", "-J", "-t", f":{self.name}").rstrip()

    def type(self, words):
        self.tmux("send-keys", "-t", f":{self.name}", "-l", words)
        self.tmux("send-keys", "-t", f":{self.name}", "Enter")

    def wait_for(self, pattern):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            found = re.search(pattern, self.text(), re.MULTILINE)
            if found:
                return found
            time.sleep(0.1)
        raise Failed(f"{self.name} did not show {pattern!r}, but:\n{self.text()}")

    def run(self, words, pattern):
        self.type(words)
        found = self.wait_for(pattern)
        self.wait_for(rf"{self.name}\$\Z")
        return found


def play(desktop, laptop):
    notes = desktop.home / "notes"
    invitation = desktop.run("sksync init notes --no-qr", r"^\s*(sksync://\S+)$").group(1)
    desktop.type("sksync server")
    desktop.wait_for(r"^listening on ")

    laptop.type("sksync pair")
    laptop.wait_for(r"[Pp]aste .*: ?$")
    laptop.type(invitation)
    laptop.wait_for(r"^\S.* \[.*notes\]: ?$")
    laptop.type("")
    laptop.wait_for(r"sksync sync notes")
    laptop.run("sksync sync notes", r"^notes: received 1 file ")

    arrived = laptop.home / "notes" / "todo.txt"
    if not arrived.exists() or arrived.read_text() != NOTE or (notes / "todo.txt").read_text() != NOTE:
        raise Failed(f"{arrived} is not what was sent")
    laptop.run("echo and a helmet >> notes/todo.txt; sksync sync notes", r"^notes: received 0 files .*, sent 1 file ")
    if (notes / "todo.txt").read_text() != NOTE + "and a helmet\n":
        raise Failed("what was written on the other side did not come back")
    desktop.tmux("send-keys", "-t", f":{desktop.name}", "C-c")
    desktop.wait_for(rf"{desktop.name}\$\Z")


def shell(name, home, path):
    words = f"cd {home} && export HOME={home} PS1='{name}$ ' NO_COLOR=1 LC_ALL=C.UTF-8 HISTFILE= PATH={path}:$PATH"
    return f"bash --norc --noprofile -c \"{words}; exec bash --norc --noprofile\""


def open_screens(socket, options, work):
    screens = []
    path = work / "bin"
    path.mkdir()
    if options.sksync != "sksync":
        (path / "sksync").symlink_to(pathlib.Path(options.sksync).resolve())
    for index, name in enumerate(["desktop", "laptop"]):
        if options.accounts:
            account = options.accounts[index]
            home = pathlib.Path(pwd.getpwnam(account).pw_dir)
            command = f"runuser -u {account} -- {shell(name, home, path)}"
        else:
            home = work / name
            home.mkdir()
            command = shell(name, home, path)
        if name == "desktop":
            notes = home / "notes"
            notes.mkdir()
            (notes / "todo.txt").write_text(NOTE)
            if options.accounts:
                shutil.chown(notes, options.accounts[index])
                shutil.chown(notes / "todo.txt", options.accounts[index])
        screens.append(Screen(socket, name, command, home))
    return screens


def shown(line, screens):
    """Returns a line as it would be where two people called me had the two machines."""
    for screen, home in zip(screens, ["/home/me", "/Users/me"]):
        line = line.replace(str(screen.home), home)
    return re.sub(rf"(sksync://|the user |user=){re.escape(getpass.getuser())}\b", r"\1me", line)


def picture(screens):
    """Returns what the screens show as an SVG, one below the other."""
    width, line_height, padding = 9 * COLUMNS, 18, 14
    parts, y = [], 0
    for screen in screens:
        lines = []
        for line in screen.text().splitlines():
            line = shown(line, screens)
            lines += [line[at:at + COLUMNS] for at in range(0, max(len(line), 1), COLUMNS)]
        height = line_height * len(lines) + 2 * padding
        parts.append(f'<rect x="0" y="{y}" width="{width}" height="{height}" rx="6" fill="#16181d"/>')
        for index, line in enumerate(lines):
            prompt = re.match(r"(desktop|laptop)\$ ", line)
            color = "#f2f4f8" if prompt else "#b7bfcc"
            at = y + padding + line_height * index + 13
            text = html.escape(line)
            if prompt:
                text = f'<tspan fill="#7fb685">{prompt.group(0)}</tspan>' + html.escape(line[prompt.end():])
            parts.append(f'<text x="{padding}" y="{at}" fill="{color}" xml:space="preserve">{text}</text>')
        y += height + padding
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y - padding}" '
            'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">\n' + "\n".join(parts) + "\n</svg>\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sksync", default=str(pathlib.Path(__file__).parent.parent / "sksync"))
    parser.add_argument("--accounts", nargs=2, metavar="NAME")
    parser.add_argument("--svg", type=pathlib.Path)
    options = parser.parse_args()
    socket = f"sksync-first-run-{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="sksync-first-run-") as directory:
        work = pathlib.Path(directory)
        work.chmod(0o755)
        try:
            screens = open_screens(socket, options, work)
            play(*screens)
            if options.svg:
                options.svg.write_text(picture(screens))
        except Failed as failure:
            print(f"error: {failure}", file=sys.stderr)
            return 1
        finally:
            subprocess.run(["tmux", "-L", socket, "kill-server"], capture_output=True)
    print("init, pair and sync went as the README says")
    return 0


if __name__ == "__main__":
    sys.exit(main())
