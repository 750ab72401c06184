"""The databases that are measured, made by the program itself, and what the peers' statements need to know of them."""
import os
import shutil
import sqlite3
import string
import sys
import time

from measuring import Run, remove

HERE = os.path.dirname(os.path.abspath(__file__))
# Of a hundred episodes; the calls are spread over so many years.
OPEN_PERCENT = 2
YEARS = 5


def statements(*names, **values):
    """The text of files of sql/, in order, with values in place of $names; a text is SQL already."""
    texts = []
    for name in names:
        with open(os.path.join(HERE, "sql", name + ".sql"), encoding="utf-8") as file:
            texts.append(string.Template(file.read()).substitute({key: literal(value) for key, value in values.items()}))
    return "".join(texts)


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return str(value)


class Bench:
    """A folder for the run, the program, and the peers."""

    def __init__(self, program, folder, peers):
        self.folder = os.path.abspath(folder)
        # A copy, as an installed program is: how a linker left the file in memory makes its start a quarter dearer or not.
        self.program = shutil.copy2(program, os.path.join(self.folder, "followup"))
        self.peers = peers
        for name in [name for name in os.environ if name.startswith("FOLLOWUP_")]:
            del os.environ[name]
        os.environ["HOME"] = self.folder
        # The program reads no database that others may read; the copies that SQLite makes are such.
        os.umask(0o077)
        self.processors = sorted(os.sched_getaffinity(0))
        self.use(1)

    def use(self, count):
        """What is started from here on runs on so many processors."""
        os.sched_setaffinity(0, set(self.processors[-count:]))

    def path(self, name):
        return os.path.join(self.folder, name)

    def peer(self, name):
        path = self.peers and os.path.join(self.peers, name)
        return path if path and os.path.exists(path) else None

    def ours(self, *words, db, login="admin"):
        return [self.program, *words, "--db", db, "--as", login]

    def shell(self, db, text):
        """The peer on a file, and the statements it is fed."""
        script = self.path("script.sql")
        with open(script, "w", encoding="utf-8") as file:
            file.write(text)
        return ["sqlite3", "-bail", db], script

    def run_shell(self, db, text, folder=None):
        arguments, script = self.shell(db, text)
        with open(script, "rb") as stdin:
            return Run(arguments, stdin, folder)

    def files(self, episodes, open_percent=OPEN_PERCENT):
        """The files of a caseload, made once."""
        path = self.path(f"files-{episodes}-{open_percent:g}")
        if not os.path.isdir(path):
            words = ["--episodes", str(episodes), "--years", str(YEARS), "--open", f"{open_percent:g}", "--files"]
            Run([self.program, "demo", path, *words, "--quiet"])
        return path

    def new_database(self, name):
        db = self.path(name)
        remove(db)
        Run([self.program, "init", "--agency", "Bench", "--admin", "admin", "--db", db])
        return db

    def imported(self, source, name):
        db = self.new_database(name)
        Run(self.ours("import", source, "--create-missing", "--quiet", db=db))
        return db

    def database(self, episodes, open_percent=OPEN_PERCENT):
        """A database of a caseload, made once."""
        name = f"caseload-{episodes}-{open_percent:g}.db"
        if not os.path.exists(self.path(name)):
            print(f"making {episodes:,} episodes, {open_percent:g} % open", file=sys.stderr, flush=True)
            self.imported(self.files(episodes, open_percent), "unfinished.db")
            self.keep("unfinished.db", episodes, open_percent)
        return self.path(name)

    def keep(self, made, episodes, open_percent=OPEN_PERCENT):
        """Lets an imported database be the one of its size."""
        tidy(self.path(made))
        os.rename(self.path(made), self.path(f"caseload-{episodes}-{open_percent:g}.db"))

    def copy(self, db, name):
        """A copy whose log is empty, for what writes."""
        copy = self.path(name)
        remove(copy)
        tidy(db)
        shutil.copyfile(db, copy)
        return copy

    def copy_with_ended_deadlines(self, db, name):
        """A copy with a table of all deadlines that the rules give: the program stores the open ones alone."""
        copy = self.copy(db, name)
        Run([self.peer("ours"), "deadlines", copy])
        tidy(copy)
        return copy


def tidy(db):
    """Empties the log into the file."""
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def rows_of(db, query, *values):
    connection = sqlite3.connect(db)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def value(db, query, *values):
    return rows_of(db, query, *values)[0][0]


def open_cases(db):
    """Open cases whose window is running and that wait for a contact, with the values of the peer's statements."""
    rows = rows_of(
        db,
        """
        SELECT e.case_order, e.id, e.site, e.clinician, e.program, e.window_ends_on, s.id FROM episode AS e
        JOIN staff AS s ON s.login = 'admin'
        WHERE e.discharged_at IS NULL AND e.window_ends_on >= unixepoch() / 86400
            AND EXISTS (
                SELECT 1 FROM deadline AS d
                WHERE d.episode = e.id AND d.kind IN ('first-contact', 'next-contact')
            )
        ORDER BY e.call_received_at DESC
        """,
    )
    names = ("case_order", "episode", "site", "clinician", "program", "window_ends_on", "actor")
    return [(f"{row[0] // 10**9}-{row[0] % 10**9:05d}", dict(zip(names, row))) for row in rows]


def waiting(db, episode):
    """The deadline that the next contact of an episode will meet."""
    row = rows_of(
        db,
        """
        SELECT kind, started_by FROM deadline
        WHERE episode = ? AND kind IN ('first-contact', 'next-contact') ORDER BY due_at LIMIT 1
        """,
        episode,
    )[0]
    return dict(zip(("met_kind", "met_started_by"), row))


def visit_statements(db, values, number):
    """What the shell runs for one visit, on a file in which the ones before it are."""
    values = dict(values, **waiting(db, values["episode"]))
    values.update(now=int(time.time()), visit=10**15 + number, hash=number.to_bytes(32, "big"))
    values["met_kind"] = f"'{values['met_kind']}'"
    return statements("settings", "log_in", "visit_log", **values)


def overdue_statements(db, number):
    actor = value(db, "SELECT id FROM staff WHERE login = 'admin'")
    return statements("settings", "log_in", "overdue", now=int(time.time()), actor=actor, hash=number.to_bytes(32, "big"))
