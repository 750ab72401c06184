"""The fiscal year that is reported, as sql/report.sql needs it, and the comparison of what both print."""
import csv
import datetime
import io
import sqlite3
import time
import zoneinfo

EPOCH = datetime.date(1970, 1, 1)
QUANTILES = {
    "median": "median", "25th percentile": "lower", "75th percentile": "upper", "90th percentile": "highest",
}


def quantile(rank):
    return f"max(value) FILTER (WHERE place = {rank})"


def quantiles(step):
    """The columns of a statement over `ranked` that are the denominator and the quantiles in tenths."""
    ranks = {"lower": "(25 * whole + 99) / 100", "upper": "(75 * whole + 99) / 100", "highest": "(90 * whole + 99) / 100"}
    middle = f"({quantile('(whole + 1) / 2')} + {quantile('whole / 2 + 1')})"
    columns = ["max(whole) AS denominator", f"({middle} * 20 + {2 * step}) / {4 * step} AS median"]
    columns += [f"({quantile(rank)} * 20 + {step}) / {2 * step} AS {name}" for name, rank in ranks.items()]
    return ", ".join(columns)


# What the plain statements repeat: how a figure is rounded, and how values are ranked.
PHRASES = {
    "share": "numerator, denominator, (numerator * 2000 + denominator) / (denominator * 2) AS tenths",
    "ratio": "numerator, denominator, (numerator * 20 + denominator) / (denominator * 2) AS tenths",
    "shares": "numerator, sum(numerator) OVER whole AS denominator, (numerator * 2000 + sum(numerator) OVER whole)"
    " / (sum(numerator) OVER whole * 2) AS tenths",
    "ranked": "ranked AS (SELECT period, value, row_number() OVER (PARTITION BY period ORDER BY value) AS place,"
    " count(*) OVER (PARTITION BY period) AS whole FROM amount)",
    "quantiles_of_minutes": quantiles(60),
    "quantiles_of_days": quantiles(1),
}


class Year:
    """A fiscal year, July to June, named by the year it ends in, and the one before it."""

    def __init__(self, number):
        self.number = number
        self.first = datetime.date(number - 2, 7, 1)
        self.end = datetime.date(number, 7, 1)

    def values(self, db):
        """What the peer's statements take."""
        connection = sqlite3.connect(db)
        zone = zoneinfo.ZoneInfo(connection.execute("SELECT zone FROM agency").fetchone()[0])
        start, end = instant(self.first, zone), instant(self.end, zone)
        middle = datetime.date(self.number - 1, 7, 1)
        # All that belongs to the episodes of a time lies between their keys, as ours makes use of too.
        lowest, highest = connection.execute(
            "SELECT min(id), max(id) FROM episode WHERE call_received_at >= ? AND call_received_at < ?", (start, end)
        ).fetchone()
        police = connection.execute("SELECT id FROM code WHERE list = 2 AND code = 'police'").fetchone()
        connection.close()
        now = int(time.time())
        offsets = changes(zone, start - 86400, now)
        columns = {
            "call_day": "e.call_received_at", "due_day": "d.due_at", "sent_day": "sent",
            "answered_day": "answered", "attended_day": "attended", "today": str(now),
        }
        values = {name: local_day(column, offsets) for name, column in columns.items()}
        return dict(
            values, now=now, from_instant=start, to_instant=end, lowest=lowest or 0, highest=highest or 0,
            police=police[0] if police else "NULL", first_day=(self.first - EPOCH).days,
            last_day=(self.end - EPOCH).days - 1, middle_day=(middle - EPOCH).days,
            middle_instant=instant(middle, zone), **PHRASES,
        )


def instant(day, zone):
    return int(datetime.datetime.combine(day, datetime.time(), zone).timestamp())


def offset(zone, at):
    return int(datetime.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


def changes(zone, start, end):
    """From when to when which offset holds: (before this instant, seconds east of UTC), the last without an end."""
    found = []
    for hour in range(start // 3600 * 3600, end, 3600):
        if offset(zone, hour) != offset(zone, hour + 3600):
            found.append((hour + 3600, offset(zone, hour)))
    return found + [(None, offset(zone, end))]


def local_day(column, offsets):
    """An expression for the local day of an instant, by arithmetic alone."""
    cases = "".join(f" WHEN {column} < {before} THEN {east}" for before, east in offsets[:-1])
    last = offsets[-1][1]
    return f"(({column} + CASE{cases} ELSE {last} END) / 86400)" if cases else f"(({column} + {last}) / 86400)"


def differences(ours, peers, year):
    """How many figures both print alike, and those that differ."""
    periods = {f"FY{year.number - 1}": "0", f"FY{year.number}": "1"}
    figures = peers_figures(peers)
    equal, different, place = 0, [], {}
    for row in csv.DictReader(io.StringIO(ours)):
        measure, category, period, group = row["measure"], row["category"], periods[row["period"]], row["group"]
        # The words of a list stand in its order, and the peer has their numbers.
        number = place.setdefault(measure, {}).setdefault(category, len(place[measure])) if category else ""
        name = QUANTILES.get(category, category)
        keys = [(measure, name, period, group), (measure, str(number), period, group)]
        theirs = next((figures[key] for key in keys if key in figures), None)
        mine = (row["numerator"], row["denominator"], row["value"])
        # The peer has no row of what nothing was counted of.
        if theirs is None and row["value"] in ("", "0", "0.0"):
            continue
        if theirs is not None and mine == theirs:
            equal += 1
        else:
            different.append(f"{measure}, {category}, {row['period']}, {group}: {mine} and {theirs}")
    return equal, different


def peers_figures(text):
    """By measure, category, period and group: numerator, denominator and value, as text."""
    figures, header, quantiles = {}, [], False
    for row in csv.reader(io.StringIO(text)):
        if row and row[0] == "measure":
            quantiles, header = "median" in row, row
        elif header and len(row) == len(header):
            cells = dict(zip(header, row))
            key = (cells["measure"], cells["period"], cells["site"])
            if not quantiles:
                is_count = cells["measure"] in ("episodes", "children", "overdue-days")
                value = cells["tenths"] if is_count else tenths(cells["tenths"])
                figures[key[0], cells["category"], *key[1:]] = (cells["numerator"], cells["denominator"], value)
            else:
                for name in QUANTILES.values():
                    figures[key[0], name, *key[1:]] = ("", cells["denominator"], tenths(cells[name]))
    return figures


def tenths(text):
    return f"{text[:-1] or '0'}.{text[-1]}" if text else ""
