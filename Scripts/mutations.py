"""Plants faults in a copy of the sources, one at a time, and says whether the tests find each.

    python3 Scripts/mutations.py [NAME...]

Each file of Scripts/mutations is one fault: a sentence that says what is wrong, the file, the lines as they are (-) and
as the fault has them (+), and the tests that have to find it. Without names all of them are planted. The copy is built
with the one test target that the fault names. The exit status is 1 when a fault survives, 2 when one no longer fits the
sources, does not compile, or when the tests fail without any.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SWIFT = os.environ.get("SWIFT", "swift")
PARTS = ["Package.swift", "Sources", "Migrations", "Tests"]


class Mutation:
    """One fault, as its file has it."""

    def __init__(self, path):
        self.name = path.stem
        lines = path.read_text().splitlines()
        self.sentence = lines[0]
        self.file = self._after(lines, "file ")
        self.target, self.suites = self._after(lines, "tests ").split("/")
        self.old = "\n".join(line[2:] for line in lines if line.startswith("- "))
        self.new = "\n".join(line[2:] for line in lines if line.startswith("+ "))

    @staticmethod
    def _after(lines, word):
        return next(line[len(word):].strip() for line in lines if line.startswith(word))

    def plant(self, copy):
        """Puts the fault into the copy. Returns the text to put back."""
        path = copy / self.file
        text = path.read_text()
        if text.count(self.old) != 1:
            sys.exit(f"{self.name}: {self.file} has the lines of this fault {text.count(self.old)} times, not once")
        path.write_text(text.replace(self.old, self.new))
        return path, text


def cut(manifest, call):
    """The manifest without one call such as .testTarget(...), found by its beginning."""
    start = manifest.index(call)
    end, depth = start + call.index("("), 0
    while True:
        depth += {"(": 1, ")": -1}.get(manifest[end], 0)
        end += 1
        if depth == 0:
            break
    return manifest[:start] + manifest[end:].lstrip(",")


def manifest_for(target):
    """The package with one test target alone and without the program, whose dependency it does not need."""
    manifest = cut((ROOT / "Package.swift").read_text(), ".executableTarget(")
    manifest = cut(manifest, ".package(url:")
    manifest = re.sub(r"\n    products: .*", "", manifest)
    for call in re.findall(r'\.testTarget\(\s*name: "\w+"', manifest):
        if f'"{target}"' not in call:
            manifest = cut(manifest, call)
    return manifest


def run(copy, *arguments):
    done = subprocess.run([SWIFT, *arguments], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def build(copy):
    return run(copy, "build", "--build-system", "native", "--product", "followupPackageTests")


def test(copy, target, suites):
    return run(copy, "test", "--build-system", "native", "--skip-build", "--filter", f"{target}\\.({suites})")


def first_failure(output):
    found = re.search(r"✘ Test (.+?) (?:recorded an issue|failed)", output)
    return found.group(1) if found else "the tests ended with an error"


def check_without_fault(copy, target, mutations):
    """Builds the copy as it is; tests that fail anyway would find everything."""
    (copy / "Package.swift").write_text(manifest_for(target))
    print(f"{target}: building without a fault", flush=True)
    status, output = build(copy)
    if status != 0:
        sys.exit(output[-4000:] + f"\n{target} does not build")
    suites = "|".join(sorted({suite for mutation in mutations for suite in mutation.suites.split("|")}))
    status, output = test(copy, target, suites)
    if status != 0 or "Test run with 0 tests" in output:
        sys.exit(output[-4000:] + f"\n{target}: the tests fail without a fault, or there are none")


def judge(copy, mutation):
    path, text = mutation.plant(copy)
    try:
        status, output = build(copy)
        if status != 0:
            sys.exit(output[-4000:] + f"\n{mutation.name} does not compile")
        status, output = test(copy, mutation.target, mutation.suites)
    finally:
        path.write_text(text)
    if status == 0:
        print(f"SURVIVED  {mutation.name}: {mutation.sentence}", flush=True)
        return False
    print(f"caught    {mutation.name}: {mutation.sentence}\n          by {first_failure(output)}", flush=True)
    return True


def main():
    paths = sorted((ROOT / "Scripts" / "mutations").glob("*.txt"))
    mutations = [Mutation(path) for path in paths if not sys.argv[1:] or path.stem in sys.argv[1:]]
    if not mutations:
        sys.exit("there is no such fault in Scripts/mutations")
    with tempfile.TemporaryDirectory(prefix="followup-mutations-") as folder:
        copy = pathlib.Path(folder)
        for part in PARTS:
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
        # What does not fit is said before anything is built.
        for mutation in mutations:
            path, text = mutation.plant(copy)
            path.write_text(text)
        caught = 0
        for target in sorted({mutation.target for mutation in mutations}):
            concerned = [mutation for mutation in mutations if mutation.target == target]
            check_without_fault(copy, target, concerned)
            caught += sum(judge(copy, mutation) for mutation in concerned)
    print(f"{caught} of {len(mutations)} faults caught")
    return 0 if caught == len(mutations) else 1


if __name__ == "__main__":
    # sys.exit with a text is status 1, which means a survivor here.
    try:
        sys.exit(main())
    except SystemExit as exit:
        if isinstance(exit.code, str):
            print(exit.code, file=sys.stderr)
            sys.exit(2)
        raise
