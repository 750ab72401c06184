"""Runs of a process and rounds of several, instructions counted by valgrind, and what they add up to."""
import math
import os
import shutil
import statistics
import subprocess
import sys


# A small process that runs a command and writes its status, wall seconds, CPU seconds and peak kilobytes to a pipe. It
# stands between, because a process begins with the memory of the one that starts it, and this one's is large.
RUNNER = """
import os, sys, time
out = int(sys.argv[1])
os.set_inheritable(out, False)
began = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - began
os.write(out, f"{os.waitstatus_to_exitcode(status)} {wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}".encode())
"""


class Run:
    """What one process took: CPU and wall time in milliseconds, memory in megabytes, and what it printed if asked."""

    def __init__(self, arguments, stdin=None, folder=None, keeps=False):
        null = subprocess.DEVNULL
        read, write = os.pipe()
        runner = [sys.executable, "-S", "-E", "-c", RUNNER, str(write)]
        result = subprocess.run(
            [*runner, *arguments], stdin=stdin or null, stdout=subprocess.PIPE if keeps else null,
            stderr=subprocess.PIPE, cwd=folder, pass_fds=[write]
        )
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            figures = pipe.read().split()
        self.output = result.stdout or b""
        if not figures or int(figures[0]) != 0:
            sys.exit(f"{' '.join(arguments)}: did not end well\n{result.stderr.decode(errors='replace')}")
        wall, cpu, memory = (float(figure) for figure in figures[1:])
        self.wall, self.cpu, self.memory = wall * 1000, cpu * 1000, memory / 1024


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
        """The peak of the largest run; less than the small process that starts it has is not seen."""
        return max(self.values(name, "memory"))


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
