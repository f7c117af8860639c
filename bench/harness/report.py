"""The tables: goals met or missed, what the runs took beside time, and every single run."""
from dataclasses import dataclass, field

MEGABYTE = 1e6
CLIENT_MEGABYTES = 150
DAEMON_MEGABYTES = 200


@dataclass
class Goal:
    """A figure that must not be greater than `limit`; figure is None where it could not be measured."""
    what: str
    figure: "float | None"
    limit: float
    unit: str = ""

    @property
    def met(self):
        return self.figure is not None and self.figure <= self.limit

    def target(self):
        return "%s ≤ %.4g%s" % (self.what, self.limit, self.unit)

    def verdict(self):
        if self.figure is None:
            return "%s not measured" % self.what
        if self.met:
            return "%s met (%.3g%s)" % (self.what, self.figure, self.unit)
        return "**%s missed by %.0f %%** (%.3g%s)" % (
            self.what, 100 * (self.figure / self.limit - 1), self.figure, self.unit)


@dataclass
class Row:
    """One line of the table; `ours` and the others are results of one contest."""
    workload: str
    name: str
    direction: str
    ours: object
    rsync: object = None
    variants: "dict[str, object]" = field(default_factory=dict)
    pysksync: object = None
    goals: "list[Goal]" = field(default_factory=list)
    noise: "list[str]" = field(default_factory=list)
    note: str = ""


def ratio(result, other):
    if result is None or other is None or not result.median or not other.median:
        return None
    return result.median / other.median


def memory_goals(result):
    if result.failure:
        return []
    return [
        Goal("client's memory", result.client_peak / MEGABYTE, CLIENT_MEGABYTES, " MB"),
        Goal("daemon's memory", result.daemon_peak / MEGABYTE, DAEMON_MEGABYTES, " MB"),
    ]


def _seconds(result):
    if result is None:
        return "–"
    if result.median is None:
        return "failed" if result.failure else "–"
    return "%.3f" % result.median


def _number(value, form="%.2f"):
    return "–" if value is None else form % value


def _median_of(values):
    return sorted(values)[len(values) // 2] if values else None


def _table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def goals_table(rows, modes):
    """Returns the main table; `modes` are the fsync modes that are shown beside the default."""
    with_pysksync = any(row.pysksync for row in rows)
    head = ["Workload", "Ours", "Direction", "Ours, s", "rsync, s", "Ratio"]
    for mode in modes:
        head += ["fsync %s, s" % mode, "Ratio"]
    head += (["pysksync, s"] if with_pysksync else []) + ["Goals", "Result", "Noise"]
    lines = []
    for row in rows:
        line = [row.workload, row.name, row.direction, _seconds(row.ours), _seconds(row.rsync),
                _number(ratio(row.ours, row.rsync))]
        for mode in modes:
            variant = row.variants.get(mode)
            line += [_seconds(variant), _number(ratio(variant, row.rsync))]
        if with_pysksync:
            line.append(_seconds(row.pysksync))
        result = [row.ours.failure] if row.ours.failure else [goal.verdict() for goal in row.goals]
        line += ["; ".join(goal.target() for goal in row.goals),
                 "; ".join(result + ([row.note] if row.note else [])),
                 "NOISY: " + "; ".join(row.noise) if row.noise else ""]
        lines.append(line)
    return _table(head, lines)


def resources_table(rows):
    head = ["Workload", "Ours", "Direction", "Client, MB", "Daemon, MB", "Client, CPU s", "Daemon, CPU s",
            "On the wire, MB", "rsync: client, MB", "daemon, MB", "client, CPU s", "daemon, CPU s", "on the wire, MB"]

    def cells(result):
        if result is None or not (result.seconds or result.client_peak):
            return ["–"] * 5
        return [_number(result.client_peak / MEGABYTE, "%.0f"), _number(result.daemon_peak / MEGABYTE, "%.0f"),
                _number(_median_of(result.client_cpu)), _number(_median_of(result.daemon_cpu)),
                "–" if result.wire_bytes is None else "%.3f" % (result.wire_bytes / MEGABYTE)]

    return _table(head, [[row.workload, row.name, row.direction] + cells(row.ours) + cells(row.rsync) for row in rows])


def runs_table(contests):
    """Returns the table of all runs; `contests` are (workload, direction, results by name)."""
    lines = []
    for workload, direction, results in contests:
        for name, result in results.items():
            lines.append([workload, direction, name, " ".join("%.3f" % each for each in result.seconds),
                          result.failure or ""])
    return _table(["Workload", "Direction", "Who", "Seconds of each run, in turn", "Failure"], lines)
