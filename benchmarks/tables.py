"""Whether tables hold what they must: the database's own digest of the rows, against one of the file, read plainly."""

import csv
import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import Callable

from database import database
from results import used


def digest(table: str, *columns: str) -> str:
    """A query for the number of rows and the MD5 of those of the rows, in the order of the first column."""
    text = " || E'\\n' || ".join(columns)
    ordered = f"md5(string_agg(md5({text}), '' ORDER BY {columns[0]} COLLATE \"C\"))"
    return f"SELECT count(*) || ' ' || {ordered} FROM {table}"


def digest_of(rows: dict) -> str:
    """What that query gives, of rows by their first column."""
    digests = (hashlib.md5("\n".join(rows[key]).encode()).hexdigest() for key in sorted(rows, key=str.encode))
    return f"{len(rows)} {hashlib.md5(''.join(digests).encode()).hexdigest()}"


def compare(query: str, expected: str) -> None:
    found = database().do(query).strip()
    if found != expected:
        sys.exit(f"WRONG: the rows and their MD5 are {found}, and not {expected}")


class Products:
    """The last row of each sku in a file."""

    def __init__(self, file: Path):
        rows = {}
        self.rows = 0
        with open(file, encoding="utf-8", newline="") as text:
            lines = csv.reader(text)
            next(lines)
            for row in lines:
                rows[row[0]] = row
                self.rows += 1
        self.keys = len(rows)
        self.digest = digest_of(rows)
        self.names = Counter(row[1] for row in rows.values())

    def check(self, out: str) -> None:
        compare(digest("products", "sku", "name", "description"), self.digest)

    def are_inserted(self, out: str) -> None:
        self.told(out, inserted=self.keys)

    def are_unchanged(self, out: str) -> None:
        self.told(out, unchanged=self.keys)

    def told(self, out: str, **counts: int) -> None:
        """What FileJob printed has these counts, and no others."""
        expected = {**counts, "superseded": self.rows - self.keys}
        result = used(out, self.rows)
        names = ("inserted", "updated", "unchanged", "ignored", "superseded")
        if any((result.get(name) or 0) != expected.get(name, 0) for name in names):
            sys.exit(f"WRONG: the result is {result}, and not {expected}")
        self.check(out)


def groups(products: Products) -> Callable[[str], None]:
    """A check of the number of products of each name."""
    expected = digest_of({name: [name, str(number)] for name, number in products.names.items()})
    return lambda out: compare(digest("products_by_name", "name", "no_of_products"), expected)
