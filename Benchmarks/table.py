"""The one table: what was measured, ours, the peer's, the ratio and the goal; as text and as Markdown."""
COLUMNS = ["what", "ours", "peer", "ratio", "goal"]


class Table:
    def __init__(self):
        self.rows = []
        self.skipped = []
        # How far the middle half of the rounds of a short command lay apart, in percent.
        self.noise = []

    def add(self, what, ours, peer="", ratio=None, goal="", is_met=None):
        """A goal is met, missed, or none: then `is_met` is left out."""
        ratio = "" if ratio is None else f"{ratio:.2f}"
        if is_met is not None:
            goal += ": met" if is_met else ": MISSED"
        self.rows.append([what, ours, peer, ratio, goal])
        # Shown at once: a long run may be broken off.
        print(f"  {what}: {ours}" + (f" | {peer}" if peer else "") + (f" | {ratio}" if ratio else "")
              + (f" | {goal}" if goal else ""), flush=True)

    def skip(self, what, why):
        self.skipped.append(f"{what}: {why}")
        print(f"  SKIPPED {what}: {why}", flush=True)

    def show(self):
        rows = [COLUMNS] + self.rows
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        rows.insert(1, ["-" * width for width in widths])
        for row in rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        for line in self.skipped:
            print(f"SKIPPED {line}")
        missed = sum(row[4].endswith("MISSED") for row in self.rows)
        met = sum(row[4].endswith("met") for row in self.rows)
        print(f"{met} goals met, {missed} missed, {len(self.skipped)} measurements skipped")

    def markdown(self):
        lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in self.rows]
        if self.skipped:
            lines += ["", "Skipped in this run:", ""] + [f"- {line}" for line in self.skipped]
        return "\n".join(lines) + "\n"


def milliseconds(value):
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.1f} ms"


def millions(value):
    return f"{value / 1e6:,.1f} M" if value >= 1e7 else f"{value / 1e6:.2f} M"
