"""Writes the table of a run into a page of Markdown, between two marks; the words around them are kept."""
import os
import platform
import subprocess
import time

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def write(path, table, options, bench):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    text = f"{before}{BEGIN}\n\n{machine(table, options, bench)}\n{table.markdown()}\n{END}{after}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def machine(table, options, bench):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(file.readline().split()[1]) / 2**20
    version = subprocess.run(["sqlite3", "-version"], capture_output=True, text=True, check=True).stdout.split()[0]
    return (
        f"{time.strftime('%Y-%m-%d', time.gmtime())}, {len(bench.processors)} processors"
        f" ({names[0] if names else platform.machine()}), {memory:.0f} GB of memory, {platform.system()}"
        f" {platform.release()}, SQLite {version}. The load on the machine when the run ended was"
        f" {os.getloadavg()[1]:.1f}: with more than one, others were at work. Sizes {options.sizes};"
        f" {options.rounds} rounds of short commands, {options.heavy_rounds} of long ones. The middle half of the rounds"
        f" of one short command lay {noise(table)} apart.\n"
    )


def noise(table):
    return f"{min(table.noise):.0f} to {max(table.noise):.0f} %" if table.noise else "an unknown share"
