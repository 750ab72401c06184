"""Eight people log visits at once, each command after command, for a minute: nothing is lost, nobody starves.

Of the eight the one with the fewest visits has at least half as many as the one with the most, and nobody waits half a
second for the others. What eight processes on fewer processors and one disk do to each other by themselves is found out
first: each logs visits in a database of its own, and the slowest of these commands is taken off. A machine on which that
one alone takes a quarter of a second is too busy for the second bound, and it is said so. FOLLOWUP_SECONDS=N says how
long (60; a third of it for the databases apart).
"""
import multiprocessing
import os
import subprocess
import time

from lab import Agency, Lab, number_from_environment, visit

PEOPLE = 8
BUSY = 0.25


def person(program, env, words, name, until, queue):
    """Runs until the time is over; tells what was acknowledged, and how long each command took."""
    done, times, errors = [], [], []
    while time.monotonic() < until:
        note = f"{name} {len(done)}"
        began = time.monotonic()
        run = subprocess.run([program, *words(note)], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        times.append(time.monotonic() - began)
        if run.returncode == 0:
            done.append(note)
        else:
            errors.append(f"status {run.returncode}: {run.stderr}")
    queue.put((done, times, errors))


def crowd(lab, agencies, words, seconds):
    """Each person at an agency, which may be the same for all."""
    queue, until = multiprocessing.Queue(), time.monotonic() + seconds
    people = [
        multiprocessing.Process(target=person, args=(lab.program, agency.env("bea"), words, f"p{index}", until, queue))
        for index, agency in enumerate(agencies)
    ]
    for one in people:
        one.start()
    told = [queue.get() for _ in people]
    for one in people:
        one.join()
    return told


class Visit:
    """The words of a visit with a note; a class, so that it can be handed to a process."""

    def __init__(self, number):
        self.number = number

    def __call__(self, note):
        return visit(self.number, note)


def body(lab):
    seconds = number_from_environment("FOLLOWUP_SECONDS", 60)
    agency = Agency(lab, lab.place("agency")).make()
    number = agency.arrived_case()
    apart = [agency.copy_to(lab.place(f"apart {index}")) for index in range(PEOPLE)]
    alone = max(max(times) for _, times, _ in crowd(lab, apart, Visit(number), seconds / 3))
    told = crowd(lab, [agency] * PEOPLE, Visit(number), seconds)
    counts = sorted(len(done) for done, _, _ in told)
    slowest = max(max(times) for _, times, _ in told)
    wait = max(0, slowest - alone)
    errors = [error for _, _, errors in told for error in errors]
    lab.expect(not errors, f"{len(errors)} commands failed, such as {errors[:1]}")
    lab.expect(counts[0] >= counts[-1] / 2, f"one wrote {counts[0]} visits, another {counts[-1]}")
    if alone < BUSY:
        lab.expect(wait < 0.5, f"somebody waited {wait:.2f} s")
        judged = "below 0.5 s"
    else:
        judged = "SKIPPED as a bound: this machine is too busy"
        print(f"SKIPPED: writers: the longest wait: alone a command took {alone:.2f} s here", flush=True)
    notes = sorted(row[0] for row in agency.rows("SELECT note FROM visit"))
    lab.expect(notes == sorted(note for done, _, _ in told for note in done), "not what was acknowledged is there")
    lab.expect(agency.done("visit log") == len(notes), "visits and audit differ")
    agency.expect_sound("writers")
    log = os.path.getsize(agency.db + "-wal")
    return (
        f"{len(notes)} visits in {seconds} s, fewest/most {counts[0]}/{counts[-1]} = {counts[0] / counts[-1]:.2f}, "
        f"slowest {slowest:.2f} s, in databases apart {alone:.2f} s, so a wait of {wait:.2f} s ({judged}), "
        f"log {log >> 10} kB"
    )


if __name__ == "__main__":
    Lab("writers", __doc__).main(body)
