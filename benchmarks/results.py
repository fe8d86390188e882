"""Whether all programs have written the same result. What has been compared is removed."""

import csv
import hashlib
import json
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Callable

import setting

# As FileJob rounds: IEEE 754 decimal128.
ROUNDING = Context(prec=34, rounding=ROUND_HALF_EVEN)
NEARLY = Decimal("1e-9")


def used(out: str, rows: int) -> dict:
    """The result in a status that FileJob has printed and that must have used so many rows."""
    status = json.loads(out)["status"]
    if status["rows"]["used"] != rows:
        sys.exit(f"WRONG: {status['rows']} instead of {rows} rows")
    return status["result"]


class Groups:
    """
    A CSV file of few groups, their key first, then their measures. The exact ones must be equal as numbers, those of
    floating point about; whoever comes first is the standard, and must be exact.
    """

    def __init__(self, file, rows: int):
        self.file = file
        self.rows = rows
        self.standard = None

    def filejob(self, out: str) -> None:
        used(out, self.rows)
        keys = list(self.compare(tuple, exact=True))
        if keys != sorted(keys, key=str.encode):
            sys.exit("WRONG: the groups are not in the order of their keys")

    def exact(self, measures: Callable = tuple) -> Callable[[str], None]:
        """measures: makes of a row's numbers those of FileJob."""
        return lambda out: self.compare(measures, exact=True) and None

    def about(self, out: str) -> None:
        self.compare(tuple, exact=False)

    def compare(self, measures: Callable, exact: bool) -> dict:
        with open(self.file, encoding="utf-8", newline="") as text:
            lines = csv.reader(text)
            next(lines)
            groups = {key: tuple(measures([Decimal(number) for number in numbers])) for key, *numbers in lines}
        self.file.unlink()
        self.standard = self.standard or groups
        if groups.keys() != self.standard.keys():
            sys.exit(f"WRONG: {len(groups)} groups, and not the {len(self.standard)} there should be")
        for key, numbers in groups.items():
            if not all(map(equal if exact else near, numbers, self.standard[key])):
                sys.exit(f"WRONG: {key} has {numbers}, and not {self.standard[key]}")
        return groups


def equal(one: Decimal, other: Decimal) -> bool:
    return one == other


def near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= NEARLY * max(1, abs(other))


class Lines:
    """A file of many lines: the same ones in any order, and the same bytes from those that sort it."""

    def __init__(self, file, rows: int):
        self.file = file
        self.rows = rows
        self.lines = None
        self.sha256 = None

    def filejob(self, out: str) -> None:
        digest = used(out, self.rows)["digest"]
        if digest != "sha256:" + self.sorted(out):
            sys.exit(f"WRONG: the status says {digest}, and the file has {self.sha256}")

    def sorted(self, out: str) -> str:
        with open(self.file, "rb") as content:
            digest = hashlib.sha256()
            while piece := content.read(1 << 20):
                digest.update(piece)
        sha256 = digest.hexdigest()
        self.sha256 = self.sha256 or sha256
        if sha256 != self.sha256:
            sys.exit(f"WRONG: the files have SHA-256 {sha256} and {self.sha256}")
        self.unsorted(out)
        return sha256

    def unsorted(self, out: str) -> None:
        # The JVM's warning of its incubator comes first.
        lines = setting.quietly(setting.java("io.filejob.benchmarks.LineDigest", self.file)).splitlines()[-1]
        self.file.unlink()
        self.lines = self.lines or lines
        if lines != self.lines:
            sys.exit(f"WRONG: the lines and the sum of their hashes are {lines} and {self.lines}")
