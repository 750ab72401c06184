#!/usr/bin/env python3
"""Writes docs/cli.md from the program's own description of its commands.

    cli_reference.py FOLLOWUP > docs/cli.md
"""
import json
import subprocess
import sys


def words(argument):
    """How an argument is written on the command line."""
    name = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        text = f"<{name}>"
    else:
        names = [("--" if n["kind"] == "long" else "-") + n["name"] for n in argument.get("names", [])]
        text = ", ".join(names) + ("" if argument["kind"] == "flag" else f" <{name}>")
    return text + (" ..." if argument.get("isRepeating") else "")


def section(command, path, out):
    name = " ".join(path)
    out.append(f"{'#' * min(1 + len(path), 4)} `{name}`\n")
    out.append(command.get("abstract", "") + "\n")
    if command.get("discussion"):
        out.append("```text\n" + command["discussion"].strip() + "\n```\n")
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True) and words(a) not in COMMON]
    if shown:
        out.append("| argument | meaning |\n| --- | --- |")
        for argument in shown:
            meaning = argument.get("abstract", "")
            if argument.get("allValues"):
                meaning += " One of: " + ", ".join(argument["allValues"]) + "."
            if argument.get("defaultValue"):
                meaning += f" Default: {argument['defaultValue']}."
            out.append(f"| `{words(argument)}` | {meaning.replace('|', chr(92) + '|').strip()} |")
        out.append("")
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help":
            section(sub, path + [sub["commandName"]], out)


COMMON = {
    "--db <file>": "The database (default: `$FOLLOWUP_DB`, else the user's data folder).",
    "--as <login>": "Act as this staff login (default: `$FOLLOWUP_AS`, else yourself).",
    "--format <format>": "How results are written: table, csv, json.",
    "--quiet": "Say nothing but errors on the standard error.",
    "--no-color": "Use no colors, as with `NO_COLOR`.",
    "--dry-run": "On commands that write: check everything and keep nothing.",
    "-h, --help": "Help, with an example.",
}

dump = json.loads(subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True).stdout)
lines = ["# The commands\n", "Made by `make docs` from the program itself; `make check` compares it.\n"]
lines.append("Options of every command:\n\n| option | meaning |\n| --- | --- |")
lines += [f"| `{option}` | {meaning} |" for option, meaning in COMMON.items()]
lines.append("")
lines.append("Exit status: 0 done; 1 refused by a rule; 3 `overdue --check` found some; 64 usage; 65 bad data; 66 not found;")
lines.append("69 database unusable; 74 input or output failed; 75 busy, try again; 77 not permitted.\n")
COMMON["--version"] = ""
section(dump["command"], ["followup"], lines)
print("\n".join(lines))
