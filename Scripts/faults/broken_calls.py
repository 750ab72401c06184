"""Calls that fail, one at a time: EIO and ENOSPC from every n-th call that reads, writes, syncs or names a file, while a
visit is logged, a caseload imported, a file exported, a backup made and restored, a database made or brought up to
date; and a disk that fails once and for all from the n-th call on.

Accepted: the state before or after, told by a status that is documented; `check` is clean afterwards; nothing but what
is named unfinished is left. FOLLOWUP_CALLS=N says how many points of each command and fault are tried (60; 0: all).
"""
import collections
import os
import re
import sqlite3

from lab import INIT, STRACE, Agency, Lab, Skip, number_from_environment, undo_last_migration, visit

CALLS = ["pwrite64", "write", "fdatasync", "fsync", "ftruncate", "fallocate", "rename", "link", "linkat", "unlink",
         "unlinkat", "pread64", "openat"]
FAULTS = ["error=EIO", "error=ENOSPC", "error=EIO+"]


def trace(agency, words, login):
    """The calls of a clean run, by name."""
    file = os.path.join(agency.home, "trace")
    strace = [STRACE, "-f", "--seccomp-bpf", "-s", "0", "-o", file, "-e", "trace=" + ",".join(CALLS)]
    agency.must(words, login, under=strace)
    with open(file) as lines:
        names = re.findall(r"^\d+ +(\w+)\(", lines.read(), re.MULTILINE)
    os.unlink(file)
    return collections.Counter(names)


def points(counts, limit):
    """Every call, or so many at even distances over the run; the first and the last of each kind always."""
    every = max(1, -(-sum(counts.values()) // limit)) if limit else 1
    for name, count in sorted(counts.items()):
        chosen = {1, count, *range(1, count + 1, 1 if count <= 6 else every)}
        yield from ((name, number) for number in sorted(chosen))


def injecting(fault, name, number):
    error, onwards = fault.rstrip("+"), "+" if fault.endswith("+") else ""
    return [STRACE, "-f", "-qq", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=" + name, "-e",
            f"inject={name}:{error}:when={number}{onwards}"]


class Case:
    """A command, what is the state that it changes, and what it may leave beside the database.

    What is no record, such as an export, can be made again without harm.
    """

    def __init__(self, name, words, login, start, state, made=(), is_record=True):
        self.name, self.words, self.login, self.start, self.state = name, words, login, start, state
        self.made, self.is_record = made, is_record


def try_point(lab, case, place, fault, name, number, old, new, tally):
    agency = case.start(place)
    note = f"{case.name}: {fault} at {name} {number}"
    try:
        result = agency.run(case.words, case.login, injecting(fault, name, number))
    except Exception as error:
        lab.expect(False, f"{note}: {type(error).__name__}")
        return
    tally[result.status] += 1
    try:
        state = case.state(agency)
    except sqlite3.OperationalError:
        # A journal was left, which whoever may only read cannot roll back.
        agency.expect_sound(note)
        state = case.state(agency)
    lab.expect(state in (old, new), f"{note}: status {result.status}, {state}")
    if result.status == 0:
        lab.expect(state == new, f"{note}: acknowledged and not done")
    else:
        # 66 and 69: what cannot be opened may look as if it were missing, or not be known for a database.
        # A file of a caseload that cannot be read is bad data of the caller's (65), whatever keeps it from being read.
        is_unread = case.name == "import" and result.status == 65 and "the file cannot be read" in result.err
        lab.expect(result.status in (66, 69, 74) or is_unread, f"{note}: status {result.status}: {result.err}")
        mute = name == "write" and fault.endswith("+")
        lab.expect(mute or result.err.startswith("error: "), f"{note}: says {result.err!r}")
        lab.expect("report this" not in result.err, f"{note}: takes itself to blame: {result.err}")
        if state == new != old and case.is_record and not mute:
            told = any(words in result.err for words in ("do not repeat it", "look whether", "is in its place"))
            lab.expect(told, f"{note}: done, and says nothing of it: {result.err}")
    if os.path.exists(agency.db):
        agency.expect_sound(note)
    # What is made before the change itself, as a copy before an upgrade, may stay.
    known = [".unfinished-", ".before-upgrade-", *(case.made if state == new else [])]
    strays = [stray for stray in agency.strays() if not any(part in stray for part in known)]
    lab.expect(not strays, f"{note}: {strays} were left")


def cases(lab, place):
    base = Agency(lab, lab.place("base")).make()
    number = base.arrived_case()
    folder = lab.caseload("caseload", 12, 9)
    full = base.copy_to(lab.place("full"))
    full.must(["import", folder, "--create-missing"])
    older = base.copy_to(lab.place("older"))
    undo_last_migration(older)
    backup = lab.place("drive") + "/backup.db"
    full.must(["backup", backup])
    out, copy = "visits.csv", "copy.db"

    def of(source):
        def start(place):
            for name in os.listdir(place):
                os.unlink(os.path.join(place, name))
            return source.copy_to(place) if source else Agency(lab, place)
        return start

    def file(name):
        return lambda agency: os.path.exists(f"{agency.home}/{name}") and os.path.getsize(f"{agency.home}/{name}")

    def whole_copy(agency):
        path = f"{agency.home}/{copy}"
        return os.path.exists(path) and agency.rows("PRAGMA integrity_check", db=path)

    def made(agency):
        return os.path.exists(agency.db) and agency.done("init")

    def steps(agency):
        return agency.rows("SELECT count(*) FROM schema_migration")

    def record(agency):
        # Times too: a zone that is lost without a word would move them.
        times = agency.rows(
            "SELECT (SELECT total(at) FROM visit), (SELECT total(due_at) FROM deadline), "
            "(SELECT total(discharged_at) FROM episode)"
        )
        return agency.counts(), times

    yield Case("visit log", visit(number, "x"), "bea", of(base), record)
    yield Case("import", ["import", folder, "--create-missing"], "amy", of(base), record)
    yield Case("export", ["export", "visits", "-o", f"{place}/{out}"], "amy", of(full), file(out), [out], False)
    yield Case("backup", ["backup", f"{place}/{copy}"], "amy", of(full), whole_copy, [copy], False)
    yield Case("restore", ["restore", backup, "--force"], "amy", of(base), record, [".replaced-"])
    yield Case("init", INIT, "amy", of(None), made)
    yield Case("migration", ["staff", "list"], "amy", of(older), steps, [".before-upgrade-"], False)


def body(lab):
    if not os.path.exists(STRACE):
        raise Skip("strace is not installed")
    limit = number_from_environment("FOLLOWUP_CALLS", 60)
    injected, tally = 0, collections.Counter()
    place = lab.place("place")
    for case in cases(lab, place):
        agency = case.start(place)
        old = case.state(agency)
        try:
            counts = trace(agency, case.words, case.login)
        except SystemExit as error:
            raise Skip(f"strace may not trace here: {error}") from error
        new = case.state(agency)
        here = collections.Counter()
        for fault in FAULTS:
            for name, number in points(counts, limit):
                # Nobody reads a full disk into existence.
                if name == "pread64" and "ENOSPC" in fault:
                    continue
                try_point(lab, case, place, fault, name, number, old, new, here)
        injected += here.total()
        tally += here
        print(f"{case.name}: {sum(counts.values())} calls, {here.total()} faults, by status {dict(here)}", flush=True)
    return f"{injected} faults, by status {dict(sorted(tally.items()))}"


Lab("broken-calls", __doc__).main(body)
