#!/usr/bin/env python3
"""Writes the manual page from the program's own description of its commands.

    manual_page.py FOLLOWUP > docs/man/followup.1
"""
import json
import subprocess
import sys

# Options that nearly every command has: described once, and left out of the commands.
COMMON = {"db", "as", "format", "quiet", "no-color", "dry-run", "help", "version"}

BEFORE = r"""
.SH DESCRIPTION
A family in a child's mental-health crisis calls.
A clinician goes there, the team meets with the family for up to six weeks, develops a Crisis Safety Plan, and connects
the family with help in the community.
Every step has its clock.
.B followup
keeps all of them in one SQLite file: what is overdue, for whom, by how many days, and whom to call.
Everything that is read or written is audited.
.PP
Times are local to the agency's zone:
.BR 2026-11-20T14:05 ,
.B \(dqtoday 14:05\(dq
or
.BR now ;
an offset, as in
.BR 2026-11-20T14:05-05:00 ,
is taken as it stands.
A local time that came twice when the clocks went back needs its offset; one that never came is refused.
Dates are
.BR 2026-11-20 ,
.BR today ,
.B yesterday
or
.BR +3d .
.PP
At a terminal a command asks for what it lacks and shows what it is about to save.
Ctrl-C stops it, and nothing was saved.
Elsewhere it never asks.
Names and notes are best given by answering, or with
.B \-
for the standard input: an option's value shows in the process list and in the shell's history.
"""

AFTER = r"""
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Refused by a rule of the practice; the standard error names the rule and says what to do.
.TP
.B 3
.B overdue \-\-check
found something overdue.
.TP
.B 64
The command line could not be understood.
.TP
.B 65
Bad data; of a file the line and the column are named.
.TP
.B 66
There is no such case, file or database.
.TP
.B 69
The database cannot be used: it is damaged, newer than the program, or being migrated.
.TP
.B 74
Reading or writing failed.
.TP
.B 75
The database is busy; try again.
.TP
.B 77
Not permitted to the one who asks.
.PP
With
.B \-\-format json
an error is a JSON object on the standard error, with
.BR error ,
.BR rule ,
.B message
and
.BR hint .
.SH ENVIRONMENT
.TP
.B FOLLOWUP_DB
The database, unless
.B \-\-db
names it.
.TP
.B FOLLOWUP_AS
The staff login that acts, unless
.B \-\-as
names it.
Without both it is the user of the operating system.
.TP
.BR XDG_DATA_HOME ", " HOME
Where the database is looked for when nothing names it.
.TP
.B NO_COLOR
If set to anything, no color is used.
.TP
.BR VISUAL ", " EDITOR
The editor for longer texts.
.TP
.B COLUMNS
The width of the terminal, where it does not tell.
.TP
.BR LC_ALL ", " LC_CTYPE ", " LANG
Whether the terminal shows more than ASCII.
.TP
.B TMPDIR
Where short-lived files are made, for their owner alone.
.PP
.B TZ
has no effect: days and times are those of the agency.
.SH FILES
.TP
.I $XDG_DATA_HOME/followup/followup.db
The database; without
.B XDG_DATA_HOME
it is
.IR \(ti/.local/share/followup/followup.db .
The files beside it that end in
.I \-wal
and
.I \-shm
belong to it.
Never copy it with
.BR cp (1)
while it is in use.
.SH EXAMPLES
A call is answered on the way, and a visit is logged:
.PP
.EX
$ \fBprintf \(aqAva\enSample\en\(aq | followup episode open \-\-first\-name \- \-\-last\-name \- \e\fR
    \fB\-\-mode mobile \-\-referral\-source school \-\-presenting\-problem anxiety\fR
$ \fBfollowup episode arrived 2026\-00042\fR
$ \fBecho \(dqcalmer, sleeping better\(dq | followup visit log 2026\-00042 \-\-mode phone \e\fR
    \fB\-\-with caregiver \-\-note \-\fR
.EE
.PP
What is overdue, for one site as a spreadsheet, and for a job that is to notice:
.PP
.EX
$ \fBfollowup overdue \-\-site Hartford \-\-format csv > overdue.csv\fR
$ \fBfollowup overdue \-\-check \-\-quiet || echo \(dqsomebody waits\(dq\fR
.EE
.PP
Completion in the shell that is running, where it was not installed:
.PP
.EX
$ \fBsource <(followup \-\-generate\-completion\-script bash)\fR
.EE
.SH SEE ALSO
.BR sqlite3 (1)
.PP
In a crisis, call or text 988; in Connecticut dial 2-1-1 and press 1.
"""


def escaped(text):
    """A text as it is to be shown, whatever characters it holds."""
    special = {"\\": r"\e", "-": r"\-", "'": r"\(aq", '"': r"\(dq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
    shown = "".join(special.get(c, c if ord(c) < 128 else f"\\[u{ord(c):04X}]") for c in text)
    # A line that begins with a dot would be a request.
    return r"\&" + shown if shown.startswith(".") else shown


def discussion(text, out):
    """Indented lines are examples, the others are running text."""
    is_example = False
    for line in text.strip().split("\n"):
        if line.startswith("  ") != is_example:
            is_example = not is_example
            out.append(".PP\n.EX" if is_example else ".EE")
        if is_example:
            out.append(escaped(line))
        elif line:
            out.append(escaped(line))
        else:
            out.append(".PP")
    if is_example:
        out.append(".EE")


def names(argument):
    shown = ", ".join(
        r"\fB" + escaped(("--" if n["kind"] == "long" else "-") + n["name"]) + r"\fR" for n in argument["names"]
    )
    if argument["kind"] == "option":
        shown += r" \fI" + escaped(argument["valueName"]) + r"\fR"
    return shown


def described(argument):
    if argument["kind"] == "positional":
        head = r"\fI" + escaped(argument["valueName"]) + r"\fR"
    else:
        head = names(argument)
    meaning = argument.get("abstract", "")
    if argument.get("allValues"):
        meaning += " One of: " + ", ".join(argument["allValues"]) + "."
    if argument.get("defaultValue"):
        meaning += f" Default: {argument['defaultValue']}."
    if argument.get("isRepeating") and "repeated" not in meaning:
        meaning += " May be given several times."
    return [".TP", head, escaped(meaning.strip()) or r"\&"]


def is_own(argument):
    """Whether an argument is described with its command."""
    return argument.get("shouldDisplay", True) and not COMMON & {n["name"] for n in argument.get("names", [])}


def command(node, path, out):
    own = [a for a in node.get("arguments", []) if is_own(a)]
    words = [r"\fB" + escaped(" ".join(path)) + r"\fR"]
    for argument in own:
        if argument["kind"] == "positional":
            words.append(r"\fI" + escaped(argument["valueName"]) + r"\fR")
            if argument.get("isRepeating"):
                words.append("...")
    if any(argument["kind"] != "positional" for argument in own):
        words.append(r"[\fIoptions\fR]")
    out.append('.SS "' + " ".join(words) + '"')
    out.append(escaped(node.get("abstract", "")))
    for argument in own:
        out += described(argument)
    if node.get("discussion"):
        out.append(".PP")
        discussion(node["discussion"], out)


def commands(node, path, out):
    for sub in node.get("subcommands", []):
        if sub["commandName"] == "help" or not sub.get("shouldDisplay", True):
            continue
        below = path + [sub["commandName"]]
        if sub.get("subcommands"):
            commands(sub, below, out)
        else:
            command(sub, below, out)


def common(tree):
    """The first description of each option that is common, in the order in which the commands have them."""
    found = {}
    nodes = [tree]
    while nodes:
        node = nodes.pop(0)
        for argument in node.get("arguments", []):
            name = {n["name"] for n in argument.get("names", [])} & COMMON
            if name:
                found.setdefault(name.pop(), argument)
        nodes += node.get("subcommands", [])
    return [found[name] for name in ("db", "as", "format", "dry-run", "quiet", "no-color", "help", "version")]


def said(*words):
    return subprocess.run([sys.argv[1], *words], check=True, capture_output=True, text=True).stdout


tree = json.loads(said("--experimental-dump-help"))["command"]
abstract = tree["abstract"].rstrip(".")
lines = [
    '.\\" Made by make docs from the program itself; make check compares it.',
    f'.TH FOLLOWUP 1 "" "followup {said("--version").strip()}" "followup"',
    ".SH NAME",
    r"followup \- " + escaped(abstract[0].lower() + abstract[1:]),
    ".SH SYNOPSIS",
    r"\fBfollowup\fR \fIcommand\fR [\fIarguments\fR] [\fIoptions\fR]",
    BEFORE.strip("\n"),
    ".SH OPTIONS",
    r"Every command takes these, and each that writes takes \fB\-\-dry\-run\fR:",
]
for argument in common(tree):
    lines += described(argument)
lines.append(".SH COMMANDS")
commands(tree, ["followup"], lines)
lines.append(AFTER.strip("\n"))
print("\n".join(lines))
