"""Runs of a process and rounds of several, instructions counted by valgrind, and what they add up to."""
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time


class Run:
    """What one process took: CPU and wall time in milliseconds, memory in megabytes, and what it printed if asked."""

    def __init__(self, arguments, stdin=None, folder=None, keeps=False):
        null = subprocess.DEVNULL
        began = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdin=stdin or null, stdout=subprocess.PIPE if keeps else null, stderr=subprocess.PIPE, cwd=folder
        )
        self.output, errors = process.communicate() if keeps else (b"", process.stderr.read())
        if not keeps:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            process.stderr.close()
            self.cpu = (usage.ru_utime + usage.ru_stime) * 1000
            self.memory = usage.ru_maxrss / 1024
        self.wall = (time.perf_counter() - began) * 1000
        if process.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: status {process.returncode}\n{errors.decode(errors='replace')}")


class Rounds:
    """Each round runs all of them, one after the other: what disturbs the machine disturbs all alike."""

    def __init__(self, count, **runners):
        self.runs = {name: [] for name in runners}
        for _ in range(count):
            for name, runner in runners.items():
                self.runs[name].append(runner())

    def values(self, name, field):
        return [getattr(run, field) for run in self.runs[name]]

    def median(self, name, field):
        return statistics.median(self.values(name, field))

    def ratio(self, one, other, field):
        """The median of the rounds' own ratios."""
        pairs = zip(self.values(one, field), self.values(other, field))
        return statistics.median(first / second for first, second in pairs)

    def noise(self, name, field):
        """How far the middle half of the rounds lies apart, in percent of the median."""
        values = sorted(self.values(name, field))
        quarter = len(values) // 4
        return 100 * (values[-1 - quarter] - values[quarter]) / statistics.median(values)

    def memory(self, name):
        """The peak of the largest run. A process begins as a copy of this one, so less than this one's is not seen."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return max(own, max(self.values(name, "memory")))


class Timed:
    """A process that times its own work and prints wall and CPU milliseconds."""

    def __init__(self, arguments):
        words = Run(arguments, keeps=True).output.split()
        self.wall, self.cpu = float(words[0]), float(words[1])


def instructions(arguments, scratch, stdin=os.devnull):
    """Instructions of one run, all its threads: they do not depend on what else the machine does. `None` without
    valgrind."""
    if shutil.which("valgrind") is None:
        return None
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={scratch}"]
    with open(stdin, "rb") as file:
        result = subprocess.run(valgrind + arguments, stdin=file, capture_output=True)
    lines = [line for line in result.stderr.decode(errors="replace").splitlines() if "Collected" in line]
    if result.returncode != 0 or not lines:
        sys.exit(f"valgrind {' '.join(arguments)}: status {result.returncode}\n{result.stderr.decode(errors='replace')}")
    return int(lines[0].split(":")[1])


def exponent(sizes, costs):
    """The slope of the straight line through the logarithms: 0 is flat, 1 is linear."""
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs)]
    across = statistics.mean(x for x, _ in points)
    up = statistics.mean(y for _, y in points)
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def remove(db):
    """Removes a database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(db + suffix):
            os.unlink(db + suffix)


def line_count(path):
    with open(path, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
