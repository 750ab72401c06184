"""The machine's clock is set forward and back between commands: nothing is lost, the audit stays in the order of entry
and whole, keys stay unique, backups rotate without losing the newest, and `check` tells that the clock was wrong.

The program reads the wall clock in one place, by clock_gettime, which a small library shifts for it. A statically linked
program cannot be given one: this needs the program of `swift build`, made of the same sources.
"""
import glob
import os
import shutil
import subprocess

from lab import Agency, Lab, Skip, visit

DAY = 86_400


def shim(lab):
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise Skip("no C compiler, not even the one that comes with Swift")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clock_shift.c")
    library = os.path.join(lab.folder, "clock_shift.so")
    made = subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], capture_output=True, text=True)
    if made.returncode != 0:
        raise Skip(f"the library that shifts the clock cannot be made: {made.stderr.strip()[:200]}")
    return library


class Shifted:
    """An agency whose machine has another time."""

    def __init__(self, lab, agency, library):
        self.lab, self.agency, self.library, self.commands = lab, agency, library, 0

    def run(self, days, words, login="bea"):
        self.commands += 1
        env = {"LD_PRELOAD": self.library, "CLOCK_SHIFT": str(int(days * DAY))}
        return self.agency.run(words, login, env=env)

    def must(self, days, words, login="bea"):
        result = self.run(days, words, login)
        self.lab.expect(result.status == 0, f"clock {days:+} days: {' '.join(words)}: {result.status}: {result.err}")
        return result

    def finding(self, days):
        """What `check` says of the clock; the rest must be sound."""
        result = self.run(days, ["check", "--format", "csv"], "amy")
        self.lab.expect(result.status == 0, f"clock {days:+} days: check: {result.status}: {result.out}{result.err}")
        return next((line for line in result.out.splitlines() if line.startswith("clock,")), "")


def body(lab):
    library = shim(lab)
    agency = Agency(lab, lab.place("agency")).make()
    shifted = Shifted(lab, agency, library)
    shifted.must(400, ["overdue"])
    ahead = agency.rows("SELECT max(at) - strftime('%s', 'now') FROM audit")[0][0]
    if ahead < 399 * DAY:
        raise Skip("this program does not take the shifted clock: give it one that `swift build` made")
    lab.expect("warning" in shifted.finding(0), "entries dated after now are not told")
    agency.remove()

    agency = Agency(lab, lab.place("agency")).make()
    shifted = Shifted(lab, agency, library)
    number = agency.arrived_case()
    lab.expect(shifted.finding(0).startswith("clock,ok"), "a right clock is not said to be right")
    kept = []
    # Wrong by a minute, hours, the summer time, days, a month, years; forward and back in turn.
    shifts = [0, 1 / 1440, -1 / 1440, 1 / 24, -1 / 24, 0.5, -0.5, 2, -2, 31, -31, 365, -120, 3650, -200, 0]
    for index, days in enumerate(shifts):
        note = f"shift {index}"
        shifted.must(days, visit(number, note))
        kept.append(note)
        shifted.must(days, ["show", number])
        shifted.must(days, ["overdue", "--as-of", "2025-07-01T12:00"])
        entries = agency.rows("SELECT seq FROM audit ORDER BY seq")
        lab.expect([row[0] for row in entries] == list(range(1, len(entries) + 1)), f"{note}: the audit has a gap")
        shifted.finding(days)
    notes = sorted(row[0] for row in agency.rows("SELECT note FROM visit"))
    lab.expect(notes == sorted(kept), "visits are lost")
    order = [row[0] for row in agency.rows("SELECT v.note FROM audit a JOIN visit v ON v.id = a.record "
                                           "WHERE a.action = 'visit log' ORDER BY a.seq")]
    lab.expect(order == kept, f"the audit is not in the order of entry: {order}")
    verified = shifted.must(0, ["audit", "verify"], "amy")
    lab.expect(verified.status == 0, "audit verify")
    told = shifted.finding(0)
    lab.expect(told.startswith("clock,warning") and "wrong" in told, f"check does not tell of the clock: {told!r}")

    # What was entered with a wrong clock can be put right with a right one.
    wrong = shifted.must(30, visit(number, "typed with a wrong clock", "--format", "json")).out
    record = wrong.split('"visit_id": "')[1].split('"')[0]
    shifted.must(0, ["visit", "void", number, record, "--reason", "typed with a wrong clock"])
    told = shifted.finding(40 * 365)
    lab.expect("voided before they were recorded" in told and told.startswith("clock,warning"), f"voided early: {told!r}")

    # A time that has not come yet, by a clock that was set back, is refused with its reason.
    words = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-07-01T10:00"]
    refused = shifted.run(-3650, words)
    lab.expect(refused.status == 1 and "clock" in refused.err, f"a future time: {refused.status}: {refused.err}")

    drive = lab.place("drive")
    for days in (0, 5, -5, 400, -400, 1, 0):
        made = shifted.must(days, ["backup", f"{drive}/series.db", "--keep", "3", "--format", "json"], "amy")
        newest = made.out.split('"file": "')[1].split('"')[0]
        lab.expect(os.path.exists(newest), f"clock {days:+} days: the newest backup was rotated away")
        lab.expect(len(glob.glob(f"{drive}/*.db")) <= 3, f"clock {days:+} days: too many backups stay")
    for days in (400, -400, 0):
        shifted.must(days, ["restore", newest, "--force"], "amy")
        shifted.finding(days)
    lab.expect(agency.counts()["visit"] == len(kept) + 1, "the restored database lacks visits")
    return f"{len(shifts)} clocks, {shifted.commands} commands, {len(kept)} visits kept in the order of entry"


Lab("clock", __doc__).main(body)
