"""kill -9 at random moments of logging, import, migration, backup, restore and init: the old state or the new one,
every acknowledged write present, `check` clean, the audit's chain whole.

FOLLOWUP_KILLS=N says how many runs are to die (1,000), FOLLOWUP_SEED=N at which moments.
"""
import os
import random
import signal
import statistics
import subprocess
import time

from lab import INIT, Agency, Lab, number_from_environment, undo_last_migration, visit

SECRET = "marmalade on seven teapots"


class Killer:
    """Runs commands and kills them; knows how long each takes."""

    def __init__(self, lab, chance):
        self.lab, self.chance = lab, chance
        self.killed = 0
        self.acknowledged = 0
        self.seconds = {}

    def run(self, agency, words, login, kind):
        """A run that was killed, or came to its end before. Its moment lies anywhere in what such a run takes."""
        known = self.seconds.setdefault(kind, [])
        typical = statistics.median(known[-9:]) if known else 0.02
        delay = self.chance.uniform(0, typical * 1.1)
        began = time.monotonic()
        process = subprocess.Popen(
            [self.lab.program, *words], env=agency.env(login), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        time.sleep(delay)
        # Nobody waits for this process yet, so that its number is still its own.
        os.kill(process.pid, signal.SIGKILL)
        out, _ = process.communicate()
        if process.returncode == -signal.SIGKILL:
            self.killed += 1
        else:
            known.append(time.monotonic() - began)
            self.lab.expect(process.returncode == 0, f"{kind}: status {process.returncode}")
            self.acknowledged += 1
        return process.returncode, out

    def learn(self, agency, words, login, kind):
        self.seconds.setdefault(kind, []).append(agency.must(words, login).seconds)


def rounds(killer, wanted):
    """Goes on until so many have died, and not for ever."""
    target, most = killer.killed + wanted, 4 * wanted + 20
    for number in range(most):
        if killer.killed >= target:
            return
        yield number
    killer.lab.expect(killer.killed >= target, f"only {killer.killed} of {target} runs died in time")


def logging(lab, killer, base, wanted):
    agency = base.copy_to(lab.place("log"))
    number = agency.arrived_case()
    killer.learn(agency, visit(number, "clean"), "bea", "visit log")
    kept, head = ["clean"], agency.head()
    for round in rounds(killer, wanted):
        note = f"round {round}"
        status, out = killer.run(agency, visit(number, note, "--format", "json"), "bea", "visit log")
        agency.expect_sound(f"visit log, {note}")
        present = agency.rows("SELECT count(*) FROM visit WHERE note = ?", note)[0][0]
        # Told is told: a process that was killed after its answer had acknowledged too.
        told = status == 0 or '"visit_id"' in out and out.rstrip().endswith("}")
        lab.expect(present == 1 or not told, f"visit log, {note}: acknowledged and lost")
        lab.expect(present <= 1, f"visit log, {note}: there {present} times")
        if present:
            kept.append(note)
        lab.expect(agency.done("visit log") == len(kept), f"visit log, {note}: visits and audit differ")
        lab.expect(agency.holds_head(head), f"visit log, {note}: the audit has lost its end")
        head = agency.head()
    notes = sorted(row[0] for row in agency.rows("SELECT note FROM visit"))
    lab.expect(notes == sorted(kept), "visit log: what was kept is not what there is")
    agency.remove()


def importing(lab, killer, base, wanted, folder, kind):
    words = ["import", folder, "--create-missing"]
    agency = base.copy_to(lab.place(kind))
    before = agency.counts()
    killer.learn(agency, words, "amy", kind)
    after = agency.counts()
    agency = base.copy_to(agency.home)
    for round in rounds(killer, wanted):
        status, _ = killer.run(agency, words, "amy", kind)
        note = f"{kind}, round {round}"
        agency.expect_sound(note)
        counts = agency.counts()
        lab.expect(counts == after or counts == before and status != 0, f"{note}: status {status}, {counts}")
        lab.expect(agency.done("import") == (counts == after), f"{note}: rows and audit differ")
        came = counts["episode"] - before["episode"]
        lab.expect(agency.done("episode import") == came, f"{note}: cases and audit differ")
        lab.expect(not agency.strays(), f"{note}: {agency.strays()} were left")
        told_of_temporary_files(lab, agency, note)
        if counts != before:
            agency = base.copy_to(agency.home)
    agency.remove()


def told_of_temporary_files(lab, agency, note):
    """SQLite takes the name of a temporary file away as soon as it is made. Who is killed between leaves it, empty, and
    `check` tells it once it is too old to be some command's.
    """
    left = [os.path.join(agency.home, name) for name in os.listdir(agency.home) if name.startswith("etilqs_")]
    if not left:
        return
    for path in left:
        lab.expect(os.path.getsize(path) == 0, f"{note}: {path} holds something")
        os.utime(path, (0, 0))
    told = agency.must(["check", "--format", "json"], "amy").out
    lab.expect("etilqs_" in told, f"{note}: {len(left)} temporary files were left, and check does not tell them")
    for path in left:
        os.unlink(path)


def migrating(lab, killer, base, wanted):
    older = base.copy_to(lab.place("older"))
    older.arrived_case()
    newest = undo_last_migration(older)
    agency = older.copy_to(lab.place("migration"))
    killer.learn(agency, ["staff", "list"], "amy", "migration")
    after = agency.counts()
    agency = older.copy_to(agency.home)
    for round in rounds(killer, wanted):
        note = f"migration, round {round}"
        status, _ = killer.run(agency, ["staff", "list"], "amy", "migration")
        steps = agency.rows("SELECT count(*) FROM schema_migration")[0][0]
        lab.expect(steps == newest or steps == newest - 1 and status != 0, f"{note}: {steps} steps")
        entries = agency.rows("SELECT count(*) FROM audit WHERE action = 'migrate' AND outcome = 'done'")[0][0]
        lab.expect((steps == newest) == (entries == 1), f"{note}: schema and audit differ")
        copies = [name for name in agency.strays() if ".unfinished-" not in name]
        lab.expect(bool(copies) or steps < newest, f"{note}: no copy was made before")
        for name in copies:
            copy = os.path.join(agency.home, name)
            lab.expect(
                agency.rows("PRAGMA integrity_check", db=copy) == [("ok",)]
                and agency.rows("SELECT count(*) FROM schema_migration", db=copy) == [(newest - 1,)],
                f"{note}: the copy {name} is not whole",
            )
        # `check` finishes what was cut short.
        agency.expect_sound(note)
        lab.expect(agency.counts() == after, f"{note}: the records are not what they were")
        for name in agency.strays():
            os.unlink(os.path.join(agency.home, name))
        agency = older.copy_to(agency.home)
    agency.remove()


def backing_up(lab, killer, base, wanted, sealing, kind):
    agency = base.copy_to(lab.place(kind))
    agency.arrived_case()
    drive = lab.place(f"{kind} drive")
    killer.learn(agency, ["backup", f"{drive}/clean", *sealing], "amy", kind)
    for round in rounds(killer, wanted):
        note, file = f"{kind}, round {round}", f"{drive}/{round}"
        status, _ = killer.run(agency, ["backup", file, *sealing], "amy", kind)
        there = os.path.exists(file)
        lab.expect(there or status != 0, f"{note}: acknowledged and not there")
        if there:
            rehearsal = ["restore", file, "--db", f"{drive}/place.db", "--dry-run", *sealing[1:]]
            result = agency.run(rehearsal, "amy")
            lab.expect(result.status == 0, f"{note}: it cannot be restored: {result.err}")
            os.unlink(file)
        for name in os.listdir(drive):
            # What is left has a name that nobody takes for a backup.
            if name != "clean":
                lab.expect(".unfinished-" in name, f"{note}: {name} was left")
                os.unlink(f"{drive}/{name}")
        agency.expect_sound(note)
    agency.remove()


def restoring(lab, killer, base, wanted):
    agency = base.copy_to(lab.place("restore"))
    agency.arrived_case()
    backup = lab.place("restore drive") + "/backup.db"
    agency.must(["backup", backup])
    later = agency.copy_to(lab.place("later"))
    later.arrived_case()
    words = ["restore", backup, "--force"]
    killer.learn(later, words, "amy", "restore")
    later.remove()
    later = agency.copy_to(lab.place("later"))
    later.arrived_case()
    agency = later.copy_to(agency.home)
    for round in rounds(killer, wanted):
        note = f"restore, round {round}"
        status, _ = killer.run(agency, words, "amy", "restore")
        agency.expect_sound(note)
        cases = agency.counts()["episode"]
        lab.expect(cases == 1 or cases == 2 and status != 0, f"{note}: status {status}, {cases} cases")
        for name in agency.strays():
            os.unlink(os.path.join(agency.home, name))
        agency = later.copy_to(agency.home)
    agency.remove()


def making(lab, killer, base, wanted):
    for round in rounds(killer, wanted):
        note = f"init, round {round}"
        agency = Agency(lab, lab.place(f"init {round}"))
        status, _ = killer.run(agency, INIT, "amy", "init")
        there = os.path.exists(agency.db)
        lab.expect(there or status != 0, f"{note}: acknowledged and not there")
        if not there:
            agency.must(INIT)
        agency.expect_sound(note)
        lab.expect(agency.done("init") == 1, f"{note}: audit")
        agency.remove()


def body(lab):
    wanted = number_from_environment("FOLLOWUP_KILLS", 1000)
    seed = number_from_environment("FOLLOWUP_SEED", random.SystemRandom().randrange(1 << 32))
    print(f"{wanted} kills, FOLLOWUP_SEED={seed}", flush=True)
    killer = Killer(lab, random.Random(seed))
    base = Agency(lab, lab.place("base")).make()
    secret = lab.place("secret") + "/passphrase"
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.write(SECRET)
    tiny, large = lab.caseload("tiny caseload", 12, 9), lab.caseload("large caseload", 150, 110)
    sealing = ["--encrypt", "--passphrase-file", secret]
    parts = [
        ("visit log", 40, lambda n: logging(lab, killer, base, n)),
        ("import", 14, lambda n: importing(lab, killer, base, n, tiny, "import")),
        ("import of 150 cases", 6, lambda n: importing(lab, killer, base, n, large, "import of 150 cases")),
        ("migration", 12, lambda n: migrating(lab, killer, base, n)),
        ("backup", 12, lambda n: backing_up(lab, killer, base, n, [], "backup")),
        ("sealed backup", 2, lambda n: backing_up(lab, killer, base, n, sealing, "sealed backup")),
        ("restore", 8, lambda n: restoring(lab, killer, base, n)),
        ("init", 6, lambda n: making(lab, killer, base, n)),
    ]
    for kind, share, part in parts:
        before, acknowledged, began = killer.killed, killer.acknowledged, time.monotonic()
        part(max(1, -(-wanted * share // 100)))
        print(
            f"{kind}: {killer.killed - before} killed, {killer.acknowledged - acknowledged} came to their end first, "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
    return f"{killer.killed} killed, {killer.acknowledged} came to their end first, seed {seed}"


Lab("kills", __doc__).main(body)
