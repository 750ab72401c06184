"""A caseload made larger by copies of its cases: an import of a million takes half an hour, this some minutes."""
import shutil
import sqlite3

# What reports and their peers read, with the columns that hold keys. Copies of a case follow it, so that keys and calls
# stay in one order, as they are after an import.
TABLES = {
    "client": ["id"],
    "episode": ["id", "client"],
    "visit": ["id", "episode"],
    "safety_plan": ["id", "episode"],
    "plan_review": ["id", "episode", "plan"],
    "plan_decline": ["id", "episode"],
    "window_extension": ["id", "episode"],
    "referral": ["id", "episode"],
    "referral_event": ["id", "referral"],
    "deadline": ["episode", "started_by", "referral"],
}
# What must differ between copies.
DISTINCT = {
    "case_order": "case_order / 1000000000 * 1000000000 + case_order % 1000000000 * {times} + copy.n",
    "source_ref": "source_ref || '-' || copy.n",
    "client_ref": "client_ref || '-' || copy.n",
}


def multiply(source, target, times):
    """Writes `target`, which has every case of `source` so many times. No file to work with: only to be measured."""
    shutil.copyfile(source, target)
    db = sqlite3.connect(target, isolation_level=None)
    for pragma in ["journal_mode = DELETE", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"]:
        db.execute(f"PRAGMA {pragma}")
    db.execute("ATTACH ? AS source", (source,))
    base = db.execute("SELECT min(id) FROM (SELECT min(id) AS id FROM client UNION ALL SELECT min(id) FROM episode)")
    base = base.fetchone()[0]
    db.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO copy VALUES (?)", [(n,) for n in range(times)])
    db.execute("BEGIN")
    for table, keys in TABLES.items():
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        indexes = db.execute("SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND type = 'index'", (table,))
        indexes = [row for row in indexes if row[1]]
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        values = []
        for column in columns:
            if column in keys:
                values.append(f"{base} + ({column} - {base}) * {times} + copy.n")
            else:
                values.append(DISTINCT.get(column, column).format(times=times))
        db.execute(f"DELETE FROM {table}")
        db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM source.{table} CROSS JOIN copy ORDER BY source.{table}.{keys[0]}, copy.n"
        )
        for _, sql in indexes:
            db.execute(sql)
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
