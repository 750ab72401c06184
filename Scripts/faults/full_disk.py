"""A disk that is full: on a file system of a few megabytes with more and more room left, from none, until the command
comes to its end. Until then: status 74 with words that say it, the state before, nothing half; and with room again it
works.
"""
import os

from lab import INIT, Agency, Lab, in_private_mounts, mount, undo_last_migration, visit

BLOCK = 4096


class Disk:
    """A file system in memory with a ballast on it."""

    def __init__(self, folder, megabytes):
        os.makedirs(folder, exist_ok=True)
        mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", folder)
        self.folder, self.ballast = folder, os.path.join(folder, "ballast")

    def fill(self, leaving):
        with open(self.ballast, "wb", buffering=0) as file:
            status = os.statvfs(self.folder)
            left = status.f_bavail * status.f_frsize - leaving
            try:
                os.posix_fallocate(file.fileno(), 0, max(left, 1))
            except OSError as error:
                raise SystemExit(f"the disk cannot be filled: {error}") from error

    def make_room(self):
        if os.path.exists(self.ballast):
            os.unlink(self.ballast)

    def clear(self):
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))


def sweep(lab, disk, name, start, words, login, state, step, out=None, own_step=None):
    """One command with more and more room; returns how often it was refused.

    `own_step`: what is looked at is a step of its own; its whole state, which may be there before the command is refused.
    """
    refused, room = 0, 0
    while True:
        disk.clear()
        agency = start(disk.folder)
        # What it was before it was read: reading makes the file that processes share.
        old = state(agency)
        disk.fill(room)
        result = agency.run(words, login)
        note = f"{name} with {room} bytes left"
        if result.status != 0:
            refused += 1
            words_said = result.err.lower()
            lab.expect(result.status == 74, f"{note}: status {result.status}: {result.err}")
            lab.expect("disk is full" in words_said or "no space left" in words_said, f"{note}: says {result.err!r}")
            lab.expect("make room" in words_said, f"{note}: no remedy: {result.err}")
            lab.expect(result.out == "", f"{note}: has shown something")
        disk.make_room()
        new = state(agency)
        # An upgrade that is not the old state has to be the whole of it.
        is_right = (new == old) == (result.status != 0) or new == own_step and result.status != 0
        lab.expect(is_right, f"{note}: status {result.status}, {old} became {new}")
        known = [out or "/", ".before-upgrade-", ".replaced-" if result.status == 0 else "/"]
        strays = [stray for stray in agency.strays() if not any(part in stray for part in known)]
        lab.expect(not strays, f"{note}: {strays} were left")
        if os.path.exists(agency.db):
            agency.expect_sound(note)
        if result.status == 0:
            return refused
        again = agency.run(words, login)
        lab.expect(again.status == 0, f"{note}: again with room: {again.status}: {again.err}")
        lab.expect(state(agency) != old, f"{note}: again with room: nothing was done")
        room += step
        if room > 5 << 20:
            lab.expect(False, f"{name} never came to its end")
            return refused


def body(lab):
    disk = Disk(lab.place("disk"), 12)
    base = Agency(lab, lab.place("base")).make()
    number = base.arrived_case()
    folder = lab.caseload("caseload", 40, 30)
    full = base.copy_to(lab.place("full"))
    full.must(["import", folder, "--create-missing"])
    older = base.copy_to(lab.place("older"))
    undo_last_migration(older)
    backup = lab.place("drive") + "/backup.db"
    full.must(["backup", backup])
    secret = lab.place("secret") + "/passphrase"
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.write("marmalade on seven teapots")

    def size(name):
        def state(agency):
            path = f"{agency.home}/{name}"
            return os.path.getsize(path) if os.path.exists(path) else None
        return state

    def steps(agency):
        return agency.rows("SELECT count(*) FROM schema_migration")

    listed = [
        ("init", lambda home: Agency(lab, home), INIT, "amy", size("followup.db"), 8, None),
        ("visit log", base.copy_to, visit(number, "x"), "bea", Agency.counts, 1, None),
        ("import", base.copy_to, ["import", folder, "--create-missing"], "amy", Agency.counts, 6, None),
        ("overdue", full.copy_to, ["overdue"], "amy", lambda agency: agency.done("overdue"), 1, None),
        ("export", full.copy_to, ["export", "summary", "-o", disk.folder + "/out.csv"], "amy", size("out.csv"), 1,
         "out.csv"),
        ("backup", full.copy_to, ["backup", disk.folder + "/copy.db"], "amy", size("copy.db"), 8, "copy.db"),
        ("sealed backup", full.copy_to,
         ["backup", disk.folder + "/copy", "--encrypt", "--passphrase-file", secret], "amy", size("copy"), 64, "copy"),
        ("restore", base.copy_to, ["restore", backup, "--force"], "amy", Agency.counts, 8, None),
        ("migration", older.copy_to, ["staff", "list"], "amy", steps, 6, None),
    ]
    total, commands = 0, 0
    for name, start, words, login, state, blocks, out in listed:
        # An upgrade is whole before the command begins that it was made for.
        own_step = steps(base) if name == "migration" else None
        refused = sweep(lab, disk, name, start, words, login, state, blocks * BLOCK, out, own_step)
        lab.expect(refused > 0, f"{name}: no room was too small")
        print(f"{name}: {refused} full disks, {blocks * BLOCK} bytes apart", flush=True)
        total, commands = total + refused, commands + 1
    return f"{total} full disks under {commands} commands"


in_private_mounts()
Lab("full-disk", __doc__).main(body)
