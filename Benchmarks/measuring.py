"""Runs of a process and pairs of them, files, and how results are shown."""
import os
import resource
import statistics
import subprocess
import sys
import time


class Run:
    """What one process took: CPU and wall time in milliseconds, memory in megabytes."""

    def __init__(self, arguments, stdin=None, folder=None):
        null = subprocess.DEVNULL
        began = time.perf_counter()
        process = subprocess.Popen(arguments, stdin=stdin or null, stdout=null, stderr=subprocess.PIPE, cwd=folder)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        self.wall = (time.perf_counter() - began) * 1000
        self.cpu = (usage.ru_utime + usage.ru_stime) * 1000
        self.memory = usage.ru_maxrss / 1024
        if process.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: status {process.returncode}\n{errors.decode(errors='replace')}")


class Pair:
    """The runs of ours and of the peer, one of each a round."""

    def __init__(self, what):
        self.what = what
        self.ours = []
        self.peer = []

    def ratio(self):
        return statistics.median(ours.cpu / peer.cpu for ours, peer in zip(self.ours, self.peer))

    @staticmethod
    def memory(runs):
        """The peak of the largest run. A process begins as a copy of this one, so less than this one's is not seen."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peak = max(run.memory for run in runs)
        return f"{peak:.1f}" if peak > own + 0.5 else f"below {own:.0f}"

    @staticmethod
    def spread(runs, field):
        values = [getattr(run, field) for run in runs]
        return f"{min(values):.1f} / {statistics.median(values):.1f} / {max(values):.1f}"


def remove(db):
    """Removes a database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(db + suffix):
            os.unlink(db + suffix)


def line_count(path):
    with open(path, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def goal(is_met, words):
    return f"{words}: {'met' if is_met else 'MISSED'}"


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
