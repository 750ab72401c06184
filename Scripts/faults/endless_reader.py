"""Readers that never pause, while visits are logged: does the log beside the database grow for ever?

Two ways, half a minute each (FOLLOWUP_SECONDS=N). Readers that overlap, each short: the log must stay bounded. One
reader that keeps a single transaction open, as another program may: nobody can move what it still reads, so that the
log grows; `check` must say so, and the log must shrink as soon as the reader has ended.
"""
import os
import sqlite3
import subprocess
import threading
import time

from lab import Agency, Lab, number_from_environment, visit

# What the log may grow to beside readers that overlap; the program's own bound is 16 MB.
BOUND = 20 << 20


class Readers(threading.Thread):
    """Reads without a pause: at any time somebody is in the middle of a transaction, none of them longer than a little
    while. Two connections take turns, so that one begins before the other ends."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.goes_on, self.count = path, True, 0

    def run(self):
        connections = [sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None) for _ in range(3)]
        while self.goes_on:
            connection = connections[self.count % 3]
            if connection.in_transaction:
                connection.execute("COMMIT")
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM audit").fetchone()
            self.count += 1
            time.sleep(0.01)
        for connection in connections:
            connection.close()


def log_size(agency):
    path = agency.db + "-wal"
    return os.path.getsize(path) if os.path.exists(path) else 0


def write(lab, agency, number, seconds, most):
    """Logs visits for so long; returns how many, and the largest size of the log."""
    until, written, largest, slowest = time.monotonic() + seconds, 0, 0, 0
    while time.monotonic() < until and largest < most:
        result = agency.run(visit(number, f"visit {written}"))
        if lab.expect(result.status == 0, f"visit {written}: status {result.status}: {result.err}"):
            written += 1
        slowest = max(slowest, result.seconds)
        largest = max(largest, log_size(agency))
    return written, largest, slowest


def body(lab):
    seconds = number_from_environment("FOLLOWUP_SECONDS", 30)
    agency = Agency(lab, lab.place("agency")).make()
    number = agency.arrived_case()

    readers = Readers(agency.db)
    readers.start()
    written, largest, slowest = write(lab, agency, number, seconds, 1 << 40)
    readers.goes_on = False
    readers.join()
    lab.expect(largest < BOUND, f"beside readers that overlap the log grew to {largest >> 20} MB")
    figures = f"{readers.count} overlapping readers: {written} visits, log at most {largest >> 10} kB, "
    figures += f"slowest {slowest:.2f} s; "

    held = sqlite3.connect(f"file:{agency.db}?mode=ro", uri=True, isolation_level=None)
    held.execute("BEGIN")
    held.execute("SELECT count(*) FROM visit").fetchone()
    more, grown, slowest = write(lab, agency, number, 4 * seconds, BOUND)
    check = agency.run(["check", "--format", "csv"], "amy")
    told = [line for line in check.out.splitlines() if line.startswith("log,warning")]
    lab.expect(grown < BOUND or told, f"the log has {grown >> 20} MB, and check says nothing: {check.out}")
    held.execute("COMMIT")
    held.close()
    agency.must(visit(number, "after"), "bea")
    agency.must(visit(number, "after"), "bea")
    agency.expect_sound("after the reader")
    lab.expect(log_size(agency) < BOUND, f"after the reader the log has {log_size(agency) >> 20} MB")
    lab.expect(agency.counts()["visit"] == written + more + 2, "visits are lost")
    return figures + (
        f"one endless reader: {more} visits, log {grown >> 10} kB, slowest {slowest:.2f} s, "
        f"check {'warns' if told else 'has nothing to say'}, {log_size(agency) >> 10} kB after it"
    )


Lab("endless-reader", __doc__).main(body)
