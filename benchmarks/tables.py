"""Whether tables hold what they must: the database's own digest of the rows, against one of the file, read plainly."""

import csv
import functools
import hashlib
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Products:
    """
    A file of products.

    keys: how many different skus it has
    digest: of a table with the last row of each
    names: the digest of one with how many of those each name has
    """

    rows: int
    keys: int
    digest: str
    names: str

    def check(self, out: str) -> None:
        compare(digest("products", "sku", "name", "description"), self.digest)

    def are_inserted(self, out: str) -> None:
        self.told(out, inserted=self.keys)

    def are_unchanged(self, out: str) -> None:
        self.told(out, unchanged=self.keys)

    def are_counted(self, out: str) -> None:
        compare(digest("products_by_name", "name", "no_of_products"), self.names)

    def told(self, out: str, **counts: int) -> None:
        """What FileJob printed has these counts, and no others."""
        expected = {**counts, "superseded": self.rows - self.keys}
        result = used(out, self.rows)
        names = ("inserted", "updated", "unchanged", "ignored", "superseded")
        if any((result.get(name) or 0) != expected.get(name, 0) for name in names):
            sys.exit(f"WRONG: the result is {result}, and not {expected}")
        self.check(out)


def read(file: Path) -> Products:
    with open(file, encoding="utf-8", newline="") as text:
        lines = csv.reader(text)
        next(lines)
        number, last = 0, {}
        for row in lines:
            last[row[0]] = row
            number += 1
    names = Counter(row[1] for row in last.values())
    counted = {name: [name, str(products)] for name, products in names.items()}
    return Products(number, len(last), digest_of(last), digest_of(counted))


@functools.cache
def products(file: Path) -> Products:
    """Read by a process of its own: the memory of this one would count as that of those it starts."""
    with ProcessPoolExecutor(max_workers=1) as pool:
        return pool.submit(read, file).result()
