"""Power cuts: an ext4 on an image is shut down while two people log visits and a third imports or backs up; mounted
again, it must hold all that was acknowledged.

The kernel drops what was not yet written out, as a power cut does; the journal's end is lost in every other cut.
FOLLOWUP_CUTS=N says how many (24). At the end the same with syncs that do nothing: a check that then finds nothing
lost would find nothing ever.
"""
import fcntl
import os
import random
import shutil
import struct
import subprocess
import threading
import time

from lab import STRACE, Agency, Lab, Skip, in_private_mounts, mount, number_from_environment, visit

# EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32), and two of its ways: the journal is written out, or lost too.
SHUTDOWN = 0x8004587D
LOGFLUSH, NOLOGFLUSH = 1, 2
DROPPED_SYNCS = [STRACE, "-f", "-qq", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=fsync,fdatasync", "-e",
                 "inject=fsync,fdatasync:retval=0"]


class Disk:
    """An ext4 on an image file, mounted through a loop device."""

    def __init__(self, lab):
        self.image, self.folder = os.path.join(lab.folder, "image"), lab.place("disk")
        maker = shutil.which("mkfs.ext4") or "/usr/sbin/mkfs.ext4"
        if not os.path.exists(maker):
            raise Skip("mkfs.ext4 is not installed (e2fsprogs)")
        if os.geteuid() != 0:
            raise Skip("a file system on an image can be mounted by root only")
        with open(self.image, "wb") as file:
            file.truncate(96 << 20)
        subprocess.run([maker, "-q", "-F", self.image], check=True)

    def mount(self, options="loop"):
        mount("-t", "ext4", "-o", options, self.image, self.folder)

    def unmount(self):
        # A process that was writing may need a moment to end.
        for _ in range(50):
            done = subprocess.run(["umount", self.folder], capture_output=True, text=True)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        raise Skip(f"umount: {done.stderr.strip()}")

    def cut(self, way):
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", way))
        except OSError as error:
            raise Skip(f"this kernel's ext4 cannot be shut down: {error.strerror}") from error
        finally:
            os.close(folder)


class Person(threading.Thread):
    """Does one thing after the other until the power is gone, and notes what was acknowledged."""

    def __init__(self, agency, login, words, under):
        super().__init__()
        self.agency, self.login, self.words, self.under = agency, login, words, under
        self.acknowledged = []

    def run(self):
        for number in range(10_000):
            words, note = self.words(number)
            if self.agency.run(words, self.login, self.under).status != 0:
                return
            self.acknowledged.append(note)


def cut(lab, disk, chance, number, case, folder, under=()):
    """One cut; returns how many acknowledged things it lost, and how many there were."""
    agency = Agency(lab, disk.folder + "/home")
    before = agency.done("import")

    def log(name):
        return lambda step: (visit(case, f"cut {number} {name} {step}"), f"cut {number} {name} {step}")

    def third(step):
        if number % 2:
            return ["import", folder, "--create-missing"], "import"
        file = f"{agency.home}/backup-{number}-{step}.db"
        return ["backup", file], file

    people = [Person(agency, "bea", log("a"), under), Person(agency, "bea", log("b"), under)]
    people.append(Person(agency, "amy", third, under))
    for person in people:
        person.start()
    time.sleep(chance.uniform(0.05, 0.8))
    # Nothing is acknowledged by a machine without power. Here programs outlive the disk for a moment, and a sync that
    # waits while ext4 gives up its journal may even succeed.
    told = people[0].acknowledged + people[1].acknowledged
    others = list(people[2].acknowledged)
    disk.cut(LOGFLUSH if number % 4 < 2 else NOLOGFLUSH)
    for person in people:
        person.join()
    disk.unmount()
    disk.mount("loop,data=writeback" if number % 3 == 0 else "loop")
    notes = {row[0] for row in agency.rows("SELECT note FROM visit")} if os.path.exists(agency.db) else set()
    lost = sum(note not in notes for note in told)
    if number % 2:
        # The caseload can be imported once: a second time its rows are there already, which is acknowledged too.
        lost += others != [] and agency.done("import") < before + len(others)
    else:
        for file in others:
            whole = os.path.exists(file) and os.path.getsize(file) > 0
            lost += not whole or agency.run(["restore", file, "--db", lab.folder + "/x", "--dry-run"], "amy").status != 0
    for name in agency.strays():
        os.unlink(os.path.join(agency.home, name))
    return lost, len(told) + len(others), agency


def body(lab):
    cuts = number_from_environment("FOLLOWUP_CUTS", 24)
    seed = number_from_environment("FOLLOWUP_SEED", random.SystemRandom().randrange(1 << 32))
    print(f"{cuts} cuts, FOLLOWUP_SEED={seed}", flush=True)
    chance = random.Random(seed)
    disk = Disk(lab)
    disk.mount()
    base = Agency(lab, lab.place("base")).make()
    case = base.arrived_case()
    folder = lab.caseload("caseload", 12, 9)
    agency, acknowledged = base.copy_to(disk.folder + "/home"), 0
    subprocess.run(["sync", "-f", disk.folder], check=True)
    for number in range(cuts):
        lost, told, agency = cut(lab, disk, chance, number, case, folder)
        acknowledged += told
        lab.expect(lost == 0, f"cut {number}: {lost} of {told} acknowledged are lost")
        agency.expect_sound(f"cut {number}")
    figures = f"{cuts} cuts, {acknowledged} acknowledged, seed {seed}"
    if not os.path.exists(STRACE):
        lab.expect(False, "strace is not installed: that this check can fail is not shown")
        return figures
    lost = told = 0
    for number in range(4):
        base.copy_to(agency.home)
        subprocess.run(["sync", "-f", disk.folder], check=True)
        more, of, _ = cut(lab, disk, chance, cuts + number, case, folder, DROPPED_SYNCS)
        lost, told = lost + more, told + of
    lab.expect(lost > 0, f"without syncs nothing of {told} was lost: this check cannot fail")
    disk.unmount()
    return f"{figures}; without syncs, as planted, {lost} of {told} were lost"


in_private_mounts()
Lab("power-cuts", __doc__).main(body)
