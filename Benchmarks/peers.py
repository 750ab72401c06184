"""The peers that are programs of the system, installed when they are missing, and those that are compiled here."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# The command and Debian's package of it.
SYSTEM = {"sqlite3": "sqlite3", "valgrind": "valgrind", "strace": "strace", "task": "taskwarrior"}


def install(table):
    """Installs what is missing, or says how."""
    for command, package in SYSTEM.items():
        if shutil.which(command):
            continue
        install = ["apt-get", "install", "-y", "--no-install-recommends", package]
        if os.geteuid() == 0 and shutil.which("apt-get"):
            print(f"installing {package}", file=sys.stderr)
            subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if shutil.which(command) is None:
            if command == "sqlite3":
                sys.exit(f"sqlite3 is what the program is measured with. Install it: sudo {' '.join(install)}")
            table.skip(command, f"not installed. Install it: sudo {' '.join(install)}")


def build(table):
    """Builds the nested package; without GRDB where its source cannot be had. Returns the folder of its programs."""
    # Linked like the program; without debug information, which valgrind may not be able to read.
    command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "-Xlinker", "-s", "--package-path", HERE,
               "--scratch-path", os.path.join(HERE, ".build")]
    print("building the peers", file=sys.stderr)
    for environment in [{}, {"FOLLOWUP_WITHOUT_GRDB": "1"}]:
        result = subprocess.run(command, env=dict(os.environ, **environment), capture_output=True, text=True)
        if result.returncode == 0:
            if environment:
                table.skip("GRDB", "its source could not be had; see what `swift package resolve` says in Benchmarks")
            shown = subprocess.run(command + ["--show-bin-path"], env=dict(os.environ, **environment),
                                   capture_output=True, text=True, check=True)
            return shown.stdout.strip()
    table.skip("peers in C and Swift", "the package in Benchmarks did not build: " + result.stdout.strip()[-300:])
    return None
