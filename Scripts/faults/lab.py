"""What the fault programs share: an agency in a folder of its own, runs of the program on it, and what must hold."""
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SKIPPED = 77
STRACE = "/usr/bin/strace"


class Result:
    def __init__(self, status, out, err, seconds):
        self.status, self.out, self.err, self.seconds = status, out, err, seconds


class Lab:
    """One fault program: its scratch folder, its findings, its figures.

    As a script: PROGRAM is the first argument. Ends with 0 when everything held, 1 when something did not, and 77
    when this machine cannot do it; the last line begins with `figures:`.
    """

    def __init__(self, name, description):
        if len(sys.argv) < 2:
            sys.exit(f"usage: {os.path.basename(sys.argv[0])} PROGRAM\n\n{description}")
        self.name = name
        self.program = os.path.abspath(sys.argv[1])
        self.failures = 0
        self.folder = tempfile.mkdtemp(prefix=f"followup-faults-{name}-")

    def main(self, body):
        try:
            try:
                figures = body(self)
            finally:
                self.clear()
        except Skip as reason:
            print(f"SKIPPED: {self.name}: {reason}", file=sys.stderr, flush=True)
            print(f"figures: {self.name}: SKIPPED: {reason}", flush=True)
            sys.exit(SKIPPED)
        print(f"figures: {self.name}: {figures}; {self.failures} failures", flush=True)
        sys.exit(1 if self.failures else 0)

    def clear(self):
        with open("/proc/self/mounts") as mounts:
            mounted = [line.split()[1] for line in mounts]
        for place in reversed(mounted):
            if place.startswith(self.folder + "/"):
                subprocess.run(["umount", place], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def expect(self, holds, what):
        """Counts and tells what does not hold; the program goes on, so that one run shows all."""
        if not holds:
            self.failures += 1
            print(f"FAILED: {self.name}: {what}", file=sys.stderr, flush=True)
        return holds

    def place(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path

    def run(self, words, env, under=(), stdin="", limit=120):
        """Runs the program to its end. A run that hangs is a failure of the whole."""
        began = time.monotonic()
        done = subprocess.run(
            [*under, self.program, *words], env=env, input=stdin, capture_output=True, text=True, timeout=limit
        )
        return Result(done.returncode, done.stdout, done.stderr, time.monotonic() - began)

    def caseload(self, name, episodes, children):
        """A folder of spreadsheets of the past, so that nothing depends on the day."""
        folder = os.path.join(self.folder, name)
        script = os.path.join(ROOT, "Tests/Caseload/data/make_caseload.py")
        words = ["--messy", "--from", "2024-08-01", "--to", "2024-11-20", "--as-of", "2024-11-20T09:00"]
        words += ["--episodes", str(episodes), "--children", str(children), "--seed", "7"]
        subprocess.run([sys.executable, script, folder, *words], check=True, stdout=subprocess.DEVNULL)
        return folder


class Skip(Exception):
    """Why this machine cannot run a program."""


class Agency:
    """A database in a home of its own, with an administrator amy and a clinician bea."""

    STATES = ["client", "site", "staff", "episode", "visit", "safety_plan", "referral", "window_extension", "deadline"]

    def __init__(self, lab, home):
        self.lab, self.home = lab, home
        os.makedirs(home, mode=0o700, exist_ok=True)
        self.db = os.path.join(home, "followup.db")

    def env(self, login):
        return {"HOME": self.home, "FOLLOWUP_DB": self.db, "FOLLOWUP_AS": login, "LANG": "C.UTF-8"}

    def run(self, words, login="bea", under=(), env=(), stdin=""):
        return self.lab.run(words, {**self.env(login), **dict(env)}, under, stdin)

    def must(self, words, login="amy", **options):
        result = self.run(words, login, **options)
        if result.status != 0:
            sys.exit(f"{self.lab.name}: {' '.join(words)}: status {result.status}: {result.err}")
        return result

    def make(self):
        self.must(INIT)
        self.must(["site", "add", "Hartford", "--town", "Hartford"])
        self.must(["staff", "add", "bea", "--name", "Bea Brown", "--role", "clinician@Hartford"])
        return self

    def arrived_case(self):
        """The number of a new case that was reached half an hour after its call."""
        opening = ["episode", "open", "--call", "2025-06-02T11:30", "--mode", "mobile", "--town", "Hartford"]
        opening += ["--referral-source", "school", "--presenting-problem", "anxiety"]
        opening += ["--first-name", "Only", "--last-name", "Test", "--format", "json"]
        number = re.search(r'"case_number": *"([^"]+)"', self.must(opening, "bea").out).group(1)
        self.must(["episode", "arrived", number, "--at", "2025-06-02T12:00"], "bea")
        return number

    def copy_to(self, home):
        """The same agency in another home. Nothing may have it open meanwhile."""
        twin = Agency(self.lab, home)
        for suffix in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(twin.db + suffix)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(twin.db + "-shm")
        for suffix in ("", "-wal"):
            if os.path.exists(self.db + suffix):
                shutil.copyfile(self.db + suffix, twin.db + suffix)
                os.chmod(twin.db + suffix, 0o600)
        return twin

    def remove(self):
        shutil.rmtree(self.home, ignore_errors=True)

    def rows(self, sql, *values, db=None):
        """Read past the program, by a connection that cannot move the log into the file."""
        connection = sqlite3.connect(f"file:{db or self.db}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def counts(self):
        return {table: self.rows(f"SELECT count(*) FROM {table}")[0][0] for table in self.STATES}

    def done(self, action):
        """How often the audit has an action that was carried out."""
        return self.rows("SELECT count(*) FROM audit WHERE action = ? AND outcome = 'done'", action)[0][0]

    def head(self):
        """Number and hash of the last audit entry."""
        return self.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")[0]

    def holds_head(self, head):
        return self.rows("SELECT count(*) FROM audit WHERE seq = ? AND hash = ?", *head)[0][0] == 1

    def expect_sound(self, note):
        """`check` finds nothing wrong in file, schema, deadlines and audit chain."""
        result = self.run(["check", "--format", "csv"], "amy")
        wrong = [line for line in result.out.splitlines() if '"error"' in line or ",error," in line]
        return self.lab.expect(result.status == 0, f"{note}: check: {result.status} {wrong} {result.err}")

    def strays(self):
        """What lies in the home and is neither the database nor a file that SQLite keeps beside it."""
        own = {"followup.db", "followup.db-wal", "followup.db-shm"}
        return sorted(name for name in os.listdir(self.home) if name not in own and not self.is_just_made(name))

    def is_just_made(self, name):
        """SQLite makes a temporary file and takes its name away at once; who is killed between leaves it, empty."""
        return name.startswith("etilqs_") and os.path.getsize(os.path.join(self.home, name)) == 0


INIT = ["init", "--agency", "Test Agency", "--admin", "amy"]


def visit(number, note, *extra):
    words = ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
    return [*words, "--note", note, *extra]


def undo_last_migration(agency):
    """Makes the database one of the version before: drops what the last migration's text makes."""
    folder = os.path.join(ROOT, "Migrations/sql")
    last = sorted(name for name in os.listdir(folder) if name.endswith(".sql"))[-1]
    with open(os.path.join(folder, last)) as file:
        text = re.sub(r"--[^\n]*", "", file.read())
    made = re.findall(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) (\w+)", text)
    columns = re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", text)
    connection = sqlite3.connect(agency.db)
    before = connection.execute("SELECT count(*) FROM schema_migration").fetchone()[0]
    for kind in ("TRIGGER", "INDEX", "VIEW"):
        for found, name in made:
            if found == kind:
                connection.execute(f"DROP {kind} {name}")
    for table, column in columns:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for found, name in made:
        if found == "TABLE":
            connection.execute(f"DROP TABLE {name}")
    connection.execute("DELETE FROM schema_migration WHERE number = ?", (before,))
    connection.execute(f"PRAGMA user_version = {before - 1}")
    connection.commit()
    connection.close()
    os.chmod(agency.db, 0o600)
    return before


def in_private_mounts():
    """Starts this script again where its mounts are nobody else's and end with it."""
    if os.environ.get("FOLLOWUP_PRIVATE_MOUNTS"):
        return
    words = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True).returncode != 0:
        return  # The mount itself will say why not.
    os.environ["FOLLOWUP_PRIVATE_MOUNTS"] = "1"
    os.execvp(words[0], [*words, sys.executable, *sys.argv])


def mount(*words):
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skip(f"mount {' '.join(words)}: {done.stderr.strip()}")


def number_from_environment(name, default):
    text = os.environ.get(name, "")
    if text and not text.isdigit():
        sys.exit(f"{name} is not a number")
    return int(text or default)
