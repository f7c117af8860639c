"""What the machine is, and whether it was quiet enough to believe its figures."""
import os
import platform
import statistics
import subprocess
import time
from dataclasses import dataclass

OTHERS_CORES = 0.10
STEAL_SHARE = 0.01
DEVIATION_SHARE = 0.05
DEVIATION_SECONDS = 0.01
SPREAD = 1.5
SPREAD_SECONDS = 0.05


def _first_line(*argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.splitlines()[0].strip() if done.stdout else "?"


def _value(path, key):
    with open(path) as lines:
        for line in lines:
            if line.startswith(key):
                return line.partition(":")[2].strip()
    return "?"


def _file_system(directory):
    directory = os.path.realpath(directory)
    best = ("/", "?", "?", "")
    with open("/proc/mounts") as mounts:
        for line in mounts:
            device, point, kind, options = line.split()[:4]
            inside = directory == point or directory.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best[0]):
                best = (point, device, kind, options)
    return "%s on %s (%s)" % (best[2], best[1], best[3])


def facts(directory):
    """Returns the facts about the machine that a figure depends on, as pairs of name and text."""
    ram = int(_value("/proc/meminfo", "MemTotal").split()[0]) / 1e6
    return [
        ("cores", "%d, %s" % (os.cpu_count(), _value("/proc/cpuinfo", "model name"))),
        ("RAM", "%.1f GB" % ram),
        ("kernel", "%s %s" % (platform.system(), platform.release())),
        ("JDK", _first_line("java", "-version")),
        ("rsync", _first_line("rsync", "--version")),
        ("Python", platform.python_version()),
        ("files on", _file_system(directory)),
        ("load average at the start", "%.2f %.2f %.2f" % os.getloadavg()),
    ]


@dataclass
class CpuTimes:
    """Seconds of all cores together since the machine started."""
    busy: float
    steal: float
    total: float

    def __sub__(self, other):
        return CpuTimes(self.busy - other.busy, self.steal - other.steal, self.total - other.total)


def cpu_times():
    with open("/proc/stat") as stat:
        user, nice, system, idle, wait, irq, soft, steal = (
            int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in stat.readline().split()[1:9])
    busy = user + nice + system + irq + soft
    return CpuTimes(busy, steal, busy + idle + wait + steal)


def others(seconds):
    """Waits and returns how many cores were busy meanwhile, while nothing of ours runs."""
    before = cpu_times()
    began = time.monotonic()
    time.sleep(seconds)
    return (cpu_times() - before).busy / (time.monotonic() - began)


def spread_noise(seconds):
    """Returns why the times of one contestant are too far apart to be believed; empty if they are not."""
    if len(seconds) < 2:
        return ""
    median = statistics.median(seconds)
    deviation = statistics.median(abs(each - median) for each in seconds)
    if deviation > max(DEVIATION_SHARE * median, DEVIATION_SECONDS):
        return "runs deviate by %.0f %%" % (100 * deviation / median)
    if max(seconds) > SPREAD * min(seconds) and max(seconds) - min(seconds) > SPREAD_SECONDS:
        return "slowest run %.1f times the fastest" % (max(seconds) / min(seconds))
    return ""


def machine_noise(others_cores, during):
    """Returns why the machine was not quiet, a text for each reason."""
    reasons = []
    if others_cores > OTHERS_CORES:
        reasons.append("others used %.2f cores" % others_cores)
    if during.total and during.steal / during.total > STEAL_SHARE:
        reasons.append("%.1f %% of the CPU was stolen" % (100 * during.steal / during.total))
    return reasons
