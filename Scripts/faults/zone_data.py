"""The system's zone data is missing, empty, cut short, or cannot be read when the C library opens it: every command
refuses with the remedy rather than count in UTC, and nothing is changed; with the data back it works.
"""
import os
import shutil

from lab import INIT, STRACE, Agency, Lab, in_private_mounts, mount, visit

ZONES = "/usr/share/zoneinfo"


def body(lab):
    agency = Agency(lab, lab.place("agency")).make()
    number = agency.arrived_case()
    folder = lab.caseload("caseload", 12, 9)
    commands = [(visit(number, "x"), "bea"), (["overdue"], "bea"), (["overdue", "--count"], "bea"),
                (["show", number], "bea"), (["import", folder, "--create-missing"], "amy"),
                (["export", "summary"], "amy"), (["report", "--fiscal-year", "2025"], "amy"), (["check"], "amy")]
    before, refused = agency.counts(), 0

    def expect_refused(what, env=(), under=()):
        nonlocal refused
        for words, login in commands:
            result = agency.run(words, login, under, env)
            note = f"{what}: {' '.join(words)}"
            lab.expect(result.status == 69, f"{note}: status {result.status}: {result.err}")
            lab.expect("tzdata" in result.err, f"{note}: no remedy: {result.err}")
            lab.expect(result.out == "", f"{note}: has shown something")
            refused += 1
        fresh = Agency(lab, lab.place("fresh"))
        result = fresh.run(INIT, "amy", under, env)
        lab.expect(result.status in (64, 69) and "tzdata" in result.err, f"{what}: init: {result.status}: {result.err}")
        lab.expect(os.listdir(fresh.home) == [], f"{what}: init has left {os.listdir(fresh.home)}")
        refused += 1
        lab.expect(agency.counts() == before, f"{what}: something was changed")

    # A folder of zones of somebody's own, as TZDIR names it.
    expect_refused("TZDIR is empty", {"TZDIR": lab.place("empty")})
    for cut in (0, 44, 200, -1):
        zones = lab.place(f"cut {cut}")
        os.makedirs(f"{zones}/America", exist_ok=True)
        shutil.copyfile(f"{ZONES}/UTC", f"{zones}/UTC")
        with open(f"{ZONES}/America/New_York", "rb") as whole, open(f"{zones}/America/New_York", "wb") as part:
            part.write(whole.read()[:cut])
        expect_refused(f"the zone's file is cut at {cut}", {"TZDIR": zones})
    if os.path.exists(STRACE):
        # The program reads the file, then the C library does: it is the second that fails.
        for number_of_open in (1, 2):
            under = [STRACE, "-f", "-qq", "-o", os.devnull, "-P", f"{ZONES}/America/New_York", "-e", "trace=openat",
                     "-e", f"inject=openat:error=EMFILE:when={number_of_open}"]
            expect_refused(f"the zone's file cannot be opened, time {number_of_open}", under=under)
    else:
        lab.expect(False, "strace is not installed: a file that cannot be opened was not tried")

    # The whole system's, hidden under an empty file system that only this process sees.
    hidden = True
    try:
        mount("-t", "tmpfs", "tmpfs", ZONES)
    except Exception as reason:
        hidden = False
        print(f"SKIPPED: the system's zone data cannot be hidden here: {reason}", flush=True)
    if hidden:
        expect_refused("the system's zone data is hidden")
        os.system(f"umount {ZONES}")
    result = agency.run(visit(number, "with zones"))
    lab.expect(result.status == 0, f"with the zones back: {result.status}: {result.err}")
    agency.expect_sound("with the zones back")
    return f"{refused} commands refused" + ("" if hidden else ", hiding the system's zones SKIPPED")


in_private_mounts()
Lab("zone-data", __doc__).main(body)
