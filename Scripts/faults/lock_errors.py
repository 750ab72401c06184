"""A file system that grants no locks, or keeps one that nobody holds, as a network drive does whose lock service has
failed: every command is refused, says what it is and what to do, and changes nothing.

A single lock that is not given is asked for again, and nobody hears of it.
"""
import concurrent.futures
import os

from lab import STRACE, Agency, Lab, Skip, visit


def injecting(error, when):
    return [STRACE, "-f", "-qq", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=fcntl", "-e",
            f"inject=fcntl:error={error}:when={when}"]


def body(lab):
    if not os.path.exists(STRACE):
        raise Skip("strace is not installed")
    agency = Agency(lab, lab.place("agency")).make()
    number = agency.arrived_case()
    folder = lab.caseload("caseload", 12, 9)
    if agency.run(["--version"], under=injecting("EIO", "1")).status != 0:
        raise Skip("strace may not trace here")
    commands = [(visit(number, "x"), "bea"), (["overdue"], "bea"), (["import", folder, "--create-missing"], "amy"),
                (["export", "summary"], "amy"), (["backup", agency.home + "/copy.db"], "amy"), (["check"], "amy")]
    expected = {
        # What is said, and the status.
        "ENOLCK": [("grants no locks", 69)],
        "EAGAIN": [("grants no locks", 69)],
        "EIO": [("grants no locks", 69), ("disk failed", 74)],
    }
    before, refused = agency.counts(), 0
    # Each waits its whole patience first, and takes no time of the machine meanwhile.
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        runs = {}
        for error in expected:
            # From the first call on, and from the middle of a command.
            for when in ("1+", "9+", "14+"):
                for words, login in commands:
                    runs[pool.submit(agency.run, words, login, injecting(error, when))] = (error, when, words)
        for run in concurrent.futures.as_completed(runs):
            error, when, words = runs[run]
            result, note = run.result(), f"{error} from call {when}: {' '.join(words)}"
            if result.status == 0:
                lab.expect(when != "1+" and words[0] not in ("visit", "import"), f"{note}: was done")
                continue
            refused += 1
            told = any(text in result.err and result.status == status for text, status in expected[error])
            lab.expect(told, f"{note}: status {result.status}: {result.err}")
            # What to do is said too.
            lab.expect("drive" in result.err, f"{note}: no remedy: {result.err}")
            lab.expect(result.out == "" or words[0] == "check", f"{note}: has shown something")
    lab.expect(agency.counts() == before, "something was changed")
    agency.expect_sound("after refused locks")
    lab.expect(not agency.strays(), f"{agency.strays()} were left")

    done, told = 0, 0
    for call in range(1, 41):
        result = agency.run(visit(number, f"call {call}"), under=injecting("EAGAIN", str(call)))
        note = f"EAGAIN at lock call {call} alone: {result.status}: {result.err}"
        # A lock that is not given is asked for again. That one cannot be given back is nothing a file system says, but
        # every third of these calls does that, and must not be taken for success or harm anything.
        lab.expect(result.status in (0, 74, 75), note)
        lab.expect(result.status == 0 or "try again" in result.err or "look whether" in result.err, note)
        there = agency.rows("SELECT count(*) FROM visit WHERE note = ?", f"call {call}")[0][0]
        lab.expect(there == 1 if result.status == 0 else there == 0 or "look whether" in result.err, f"{note}: {there}")
        done, told = done + (result.status == 0), told + (result.status != 0)
    lab.expect(done > told, f"of locks that failed once {told} were fatal")
    agency.expect_sound("after lock calls that failed once")
    return f"{refused} commands refused without locks, {done} of {done + told} commands done beside one that failed once"


Lab("lock-errors", __doc__).main(body)
