#!/usr/bin/env python3
"""Writes the inputs that fuzzing starts from into Seeds/, and the database that the target `database` alters.

Usage: make_seeds.py PROGRAM

Every personal cell holds the marker that Sources/Fuzz/Property.swift looks for in messages. The keys of the database
are new at each call, so that the places in the seeds of `database` are those of the file that is made with them.
"""
import csv
import gzip
import io
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SEEDS = pathlib.Path(__file__).parent / "Seeds"
MARKER = "Qz7731"


def put(target, name, content):
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def csv_seeds():
    files = {
        "plain": "1,2,3\n4,5,6\n",
        "crlf": "1,2,3\r\n4,5,\r\n",
        "quoted": '"1","2,3","a ""word"""\n',
        "lines": '"1\r\n2\n3\r4",x,y\n',
        "guards": "'=1,'-2,'+3\n@4,|5,\uff1d6\n'\t7,''=8,'9\n",
        "spaces": '" 1","2 ",\t3\n',
        "empty": ",,\n\n\r\n,,\n",
        "open": '1,"2\n3',
        "return": "1\r2,3,4\n",
        "short": "1,2\n",
        "long": "1,2,3,4\n",
        "cells": f"{MARKER},{MARKER}{MARKER}{MARKER},x\n",
        "wide": "é,日本,🙂\n\u0301,e\u0301,\ufeff\n",
        "latin": b"\xe9,\xc0\xaf,\x80\n",
        "nul": b"1,\x00,3\n",
    }
    for number, (name, text) in enumerate(files.items()):
        body = text if isinstance(text, bytes) else text.encode()
        put("csv", name, bytes([number % 6]) + body)
        put("csv", name + "-narrow", bytes([0x40 | number % 6]) + body)
    headers = ["case_ref,at\n1,2\n", '\ufeff"at","case_ref"\n1,2\n', "note,at,case_ref\n1,2,3\n", "case_ref,at,at\n", "a,b\n"]
    for number, text in enumerate(headers):
        put("csv", f"header{number}", bytes([0x80 | number]) + text.encode())


def time_seeds():
    texts = """now|today|yesterday|tomorrow|+3d|-2d|+99999999999999999999d|14:05|9:05|24:00|yesterday 23:50|tomorrow 1:00
2026-11-20|2024-02-29|2026-02-29|0001-01-01|9999-12-31|2026-11-20T14:05|2026-11-20 14:05:09|2026-11-20t14:05z
2026-11-20T14:05:00-05:00|2026-11-20T14:05+23:59|0001-01-01T00:00:00+23:59|9999-12-31T23:59:59-23:59
2026-11-01T01:30|2026-03-08T02:30|1883-11-18T12:03:57|2026-11-20T14:05:60|2026-00042|9999-999999999|1000-00001"""
    for number, text in enumerate(texts.replace("\n", "|").split("|")):
        put("time", f"text{number:02}", text)


HEADINGS = {
    "1. Warning signs": ["pacing", f"stops talking {MARKER}\n  for an hour"],
    "2. Coping strategies": ["music"],
    "3. People and places that distract": ["porch"],
    "4. People to ask for help": [f"aunt {MARKER} 860-555-0142"],
    "5. Professionals and agencies": ["988", "2-1-1"],
    "6. Making the environment safe": ["not applicable: lives in a home"],
    "Lethal means": ["medication: asked, present, locked by caregiver", "firearms: declined"],
    "When the youth is calm": [],
    "When the youth is escalating": ["e\u0301 \u0301mark"],
    "Triggers": [],
    "What has helped": [],
    "What the family calls a crisis": [],
    "The school's part": [],
    "Youth took part": ["yes"],
    "Caregiver took part": ["no"],
    "Copy given": ["no: later"],
    "Review on": ["2026-12-01"],
}


def form(headings=None, newline="\n"):
    text = "# Crisis Safety Plan\n"
    for heading, entries in (headings or HEADINGS).items():
        text += f"\n## {heading}\n\n<!-- a hint -->\n" + ("".join(f"- {entry}\n" for entry in entries) or "- \n")
    return text.replace("\n", newline)


def plan_seeds():
    put("plan", "whole", form())
    put("plan", "windows", "\ufeff" + form(newline="\r\n"))
    put("plan", "empty", form({heading: [] for heading in HEADINGS}))
    put("plan", "paragraphs", form({heading: ["one\n\n  two\n\n\n  three"] for heading in HEADINGS}))
    put("plan", "apart", form({heading: ["one" + 6 * "\n" + "  two"] for heading in HEADINGS}))
    put("plan", "missing", form({heading: entries for heading, entries in HEADINGS.items() if heading != "Triggers"}))
    put("plan", "twice", form() + form())
    put("plan", "words", form({**HEADINGS, "Review on": ["soon"], "Youth took part": ["perhaps"]}))


def edit(kind, place, length, content=b""):
    return bytes([kind]) + place.to_bytes(3, "big") + bytes([length - 1]) + content


def sealed_seeds():
    header = b"FLUPSEAL"
    put("sealed", "raw-empty", b"\x00")
    put("sealed", "raw-text", b"\x00" + header + b"\x01\0\0\0" + b"\x01\0\0\0" + b"\x08\0\0\0" + bytes(56))
    for place in [0, 8, 12, 16, 20, 36, 60, 75, 76, 93, 65_628, 65_629, 131_180, 131_181]:
        put("sealed", f"byte{place}", b"\x01" + edit(4, place, 1, b"\xff"))
        put("sealed", f"cut{place}", b"\x01" + edit(0, place, 1))
    put("sealed", "doubled", b"\x01" + edit(2, 76, 200))
    put("sealed", "shorter", b"\x01" + edit(1, 70_000, 17))
    put("sealed", "longer", b"\x01" + edit(2, 131_181, 1))
    put("sealed", "nothing", b"\x01")
    put("sealed", "short", b"\x02" + b"a note")
    put("sealed", "none", b"\x02")


EPISODE = dict(
    case_ref="K1", client_ref="C1", first_name=MARKER + "Ava", last_name=MARKER + "Sample", birth_date="2012-05-01",
    sex="female", town="Hartford", language="English", caregiver_name=MARKER + " Caregiver",
    caregiver_phone="860-555-0142 " + MARKER, program="youth mobile crisis", site="Hartford", clinician="casey",
    referral_source="school", presenting_problem="anxiety", response_mode="mobile", location="home",
    call_received_at="2026-09-01T10:00:00-04:00", transferred_at="2026-09-01T10:03:00-04:00",
    dispatched_at="2026-09-01T10:10:00-04:00", arrived_at="2026-09-01T10:40:00-04:00", minor_consented="no",
    part2="no", discharged_on="", discharge_reason="",
)
EXTENSION = dict(
    case_ref="K1", granted_at="2026-10-10T10:00:00-04:00", new_end="2026-10-20", approved_by="sam",
    reason="awaiting intake " + MARKER,
)
PLAN = dict(
    case_ref="K1", activated_at="2026-09-04T15:00:00-04:00", author="casey", reason="first plan",
    warning_signs=f"pacing|stops {MARKER}", coping="music", distraction="porch", helpers=f"aunt {MARKER} 860-555-0142",
    professionals="988|2-1-1", safe_environment="medication locked",
    lethal_means="medication: asked, present, locked by caregiver", youth_took_part="yes", caregiver_took_part="yes",
    copy_given="yes", review_on="2026-09-18",
)
VISIT = dict(
    case_ref="K1", at="2026-09-03T15:00:00-04:00", mode="in person", result="completed", minutes="45",
    clinician="casey", note="calmer " + MARKER, **{"with": "youth"},
)
REFERRAL = dict(
    case_ref="K1", referral_ref="K1-R1", service_type="outpatient", agency=f"{MARKER} Counseling",
    sent_at="2026-09-07T10:00:00-04:00", status="sent", answered_at="", appointment_at="", attended_at="",
    warm_handoff="no",
)
# In the order in which the program reads the files.
KINDS = [EPISODE, EXTENSION, PLAN, VISIT, REFERRAL]


def table(base, rows):
    if not rows:
        return b""
    text = io.StringIO()
    writer = csv.DictWriter(text, base, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**base, **row})
    return text.getvalue().encode()


def caseload(episodes=(), extensions=(), plans=(), visits=(), referrals=()):
    return [table(base, rows) for base, rows in zip(KINDS, [episodes, extensions, plans, visits, referrals])]


K1, K2 = {}, dict(case_ref="K2", client_ref="C2", first_name=MARKER + "Bo")
CASELOADS = {
    "one": caseload([K1]),
    "whole": caseload([K1], [{}], [{}], [{}, dict(at="2026-10-15T15:00:00-04:00", note="")], [{}]),
    "two": caseload([K1, K2], visits=[{}, dict(case_ref="K2", result="no answer", minutes="")]),
    "closed": caseload([dict(discharged_on="2026-09-20", discharge_reason="met treatment goals")], [], [{}], [{}]),
    "phone": caseload([dict(response_mode="phone", location="phone", dispatched_at="", arrived_at="")]),
    "late": caseload([K1], visits=[dict(at="2026-10-14T10:00:00-04:00")]),
    "wrong": caseload([dict(sex=MARKER, birth_date=MARKER)], visits=[dict(mode=MARKER, minutes=MARKER)]),
    "times": caseload(
        [dict(call_received_at=MARKER), dict(case_ref="K2", arrived_at=MARKER + "T10:00")], [dict(granted_at=MARKER)],
        [dict(activated_at=MARKER)], [dict(at=MARKER)], [dict(sent_at=MARKER)],
    ),
    "unknown": caseload([dict(referral_source=MARKER)], [], [dict(reason=MARKER)], [], [dict(status=MARKER)]),
    "orphans": caseload([], [{}], [{}], [{}], [{}]),
    "twice": caseload([K1, K1], visits=[{}, {}]),
    "referrals": caseload(
        [K1],
        referrals=[
            dict(status="connected", answered_at="2026-09-08T10:00:00-04:00",
                 appointment_at="2026-09-10T10:00:00-04:00", attended_at="2026-09-10T10:00:00-04:00"),
            dict(referral_ref="K1-R2", status="declined", answered_at="2026-09-08T10:00:00-04:00"),
        ],
    ),
    "minor": caseload([dict(minor_consented="yes", part2="yes", caregiver_name="", caregiver_phone="")], [], [{}], [{}]),
    "clocks": caseload([dict(call_received_at="2026-11-01T01:30", transferred_at="", dispatched_at="2026-11-01T03:00",
                             arrived_at="2026-11-01T03:30")]),
    "siblings": caseload([K1, dict(case_ref="K3", call_received_at="2026-08-01T10:00:00-04:00",
                                   transferred_at="", dispatched_at="2026-08-01T10:10:00-04:00",
                                   arrived_at="2026-08-01T10:40:00-04:00", discharged_on="2026-08-02",
                                   discharge_reason="met treatment goals")]),
}


def import_seeds():
    for number, (name, files) in enumerate(CASELOADS.items()):
        for options in (0, 2):
            put("import", f"{name}-{options}", bytes([options]) + b"\x1e".join(files))
    put("import", "existing", bytes([6]) + b"\x1e".join(CASELOADS["two"]))
    put("import", "dry", bytes([0x1A]) + b"\x1e".join(CASELOADS["whole"]))
    put("import", "known-only", bytes([1]) + b"\x1e".join(CASELOADS["whole"]))


def database_seeds(program):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/base.db"
        environment = {"FOLLOWUP_DB": path, "PATH": os.environ["PATH"], "HOME": folder, "FOLLOWUP_AS": "admin"}

        def run(*words, text=""):
            subprocess.run([program, *words], env=environment, input=text.encode(), check=True, stdout=subprocess.DEVNULL)

        run("init", "--agency", "Fuzzed agency", "--admin", "admin", "--zone", "America/New_York")
        os.mkdir(f"{folder}/in")
        rows = [dict(case_ref=f"K{n}", client_ref=f"C{n}", first_name=f"{MARKER}Ava{n}") for n in range(1, 5)]
        recent = {
            key: value.replace("2026-09-", "2026-11-").replace("-04:00", "-05:00")
            for key, value in EPISODE.items() if key.endswith("_at")
        }
        rows[0].update(recent)
        rows[3].update(discharged_on="2026-09-20", discharge_reason="met treatment goals")
        visits = [dict(case_ref=row["case_ref"]) for row in rows]
        visits[0]["at"] = "2026-11-03T15:00:00-05:00"
        names = ["episodes.csv", "extensions.csv", "plans.csv", "visits.csv", "referrals.csv"]
        referrals = [dict(case_ref=f"K{n}", referral_ref=f"K{n}-R1") for n in (2, 3)]
        files = caseload(rows, [dict(case_ref="K2")], [dict(case_ref="K2"), dict(case_ref="K4")], visits, referrals)
        for name, content in zip(names, files):
            pathlib.Path(f"{folder}/in/{name}").write_bytes(content)
        run("import", f"{folder}/in", "--create-missing")
        run("backup", f"{folder}/copy.db")
        for name in ["base.db", "base.db-wal", "base.db-shm"]:
            os.unlink(f"{folder}/{name}")
        os.rename(f"{folder}/copy.db", path)
        run("visit", "log", "2026-00001", "--mode", "phone", "--with", "youth", "--minutes", "30", "--note", "-",
            text=MARKER + " slept well\n")
        for name in ["base.db", "base.db-wal"]:
            content = pathlib.Path(f"{folder}/{name}").read_bytes()
            put("", name + ".gz", gzip.compress(content, 9, mtime=0))
            place = 0
            for page in range(0, len(content), 4096 if name == "base.db" else 4120):
                number = page // 4096
                choice = (number % 10) << 2 | (1 if name.endswith("wal") else 0)
                if number % 3 == 0:
                    put("database", f"{name}-page{number}", bytes([choice]) + edit(4, page + 5, 2, b"\x7f\x01"))
        database = pathlib.Path(path).read_bytes()
        for number, word in enumerate([MARKER, "youth mobile crisis", "in person", "Hartford", "casey", "completed"]):
            # The first stands in the schema or a list, the last in a row that is about a case.
            for which, place in [("first", database.find(word.encode())), ("last", database.rfind(word.encode()))]:
                for content in [b"\x1b[2\xff", b"in"]:
                    put("database", f"{which}{number}{content[0]}", bytes([2 | (number << 2)]) + edit(4, place, 4, content))
        for choice in range(10):
            put("database", f"whole{choice}", bytes([choice << 2]))
        put("database", "cut", bytes([2]) + edit(0, 4096, 1))
        put("database", "cut-log", bytes([1]) + edit(0, 5000, 1))
        put("database", "header", bytes([2]) + edit(4, 16, 4, b"\x02\x00\x01\x01"))


def main():
    shutil.rmtree(SEEDS, ignore_errors=True)
    csv_seeds()
    time_seeds()
    plan_seeds()
    sealed_seeds()
    import_seeds()
    database_seeds(os.path.abspath(sys.argv[1]))


main()
