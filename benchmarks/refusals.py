"""The case of mostly bad rows: loads of files in which 898 of 1,000 rows are bad, against one of good rows alone."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Callable, Optional

import setting
from contenders import filejob
from database import database
from ingests import secret
from measuring import Contender
from setting import SCALE

ROWS = int(SCALE * 100_000)
GOOD_OF_THOUSAND = 102
CREATE = (
    "CREATE TYPE grade AS ENUM ('good', 'fair')",
    "CREATE DOMAIN amount AS integer CHECK (VALUE > 0)",
    "CREATE TABLE stock (sku text NOT NULL, day date NOT NULL, price numeric(8,2) NOT NULL, code varchar(8),"
    " number integer, active boolean, at timestamptz, address inet, span int4range, grade grade, amount amount)",
)
GOOD = ["sku-{}", "2026-11-28", "9.50", "a1", "5", "true", "2026-11-28T10:00:00Z", "10.0.0.1", '"[1,5)"', "good", "7"]
# The column at fault and its text, in which {} stands for the number of the row, and that of the first column, if it is
# not the usual one; without a column, the bytes of the whole row.
KINDS = {
    "good rows": None,
    "a number that is none": (2, "n/a"),
    "a number out of range": (2, "12345678.5"),
    "an integer out of range": (4, "30000000000"),
    "a date that is none": (1, "unknown"),
    "a date that does not exist": (1, "2026-02-30"),
    "a boolean that is none": (5, "maybe"),
    "a text that is too long": (3, "ä much too long"),
    "a null in a NOT NULL column": (2, "NULL"),
    "invalid UTF-8": (0, b"sku-\xff"),
    "a field too few": (None, b"sku,2026-11-28,9.50\n"),
    "quoted, a number that is none": (2, '"n/a, ""sic"""'),
    "a letter beyond ASCII beside it": (2, "n/a", "ÿ-{}"),
    "an address that is none": (7, "10.0.0.256"),
    "addresses that are none, all different": (7, "10.0.0.x{}"),
    "ranges that are none, all different": (8, '"[{},1]"'),
    "values that are not in an enum, all different": (9, "bad-{}"),
    "numbers that a domain refuses, all different": (10, "-{}"),
    "times that are none, all different": (6, "2026-11-28T10:{}:00"),
}


def file(kind: str) -> Path:
    """The file with bad rows of this kind; made once."""
    place = setting.CACHE / f"stock-{ROWS}-{list(KINDS).index(kind)}.csv"
    with open(place, "wb") as out:
        out.write(b"sku,day,price,code,number,active,at,address,span,grade,amount\n")
        for number in range(ROWS):
            out.write(row(number, KINDS[kind] if number % 1000 >= GOOD_OF_THOUSAND else None))
    setting.warm(place)
    return place


def row(number: int, fault: Optional[tuple]) -> bytes:
    fields = [field.format(number).encode() for field in GOOD]
    if fault:
        column, text, *sku = fault
        if column is None:
            return text
        fields[0] = sku[0].format(number).encode() if sku else fields[0]
        fields[column] = text if isinstance(text, bytes) else text.format(number).encode()
    return b",".join(fields) + b"\n"


def check(bad: int) -> Callable[[str], None]:
    def told(out: str) -> None:
        rows = json.loads(out)["status"]["rows"]
        loaded = int(database().do("SELECT count(*) FROM stock"))
        if (rows["rejected"], loaded) != (bad, ROWS - bad):
            sys.exit(f"WRONG: {rows['rejected']} rows are rejected and {loaded} loaded, and not {bad} and {ROWS - bad}")

    return told


def load(kind: str, mode: str) -> Contender:
    bad = sum(KINDS[kind] is not None and number % 1000 >= GOOD_OF_THOUSAND for number in range(ROWS))
    members = {"database": {"secret": {"name": "products-db"}}, "table": "stock", "mode": mode}
    spec = {
        "onBadRecord": "skip",
        "input": {"files": [str(file(kind))], "format": {"csv": {"nullText": "NULL"}}},
        "operation": {"ingest": members},
    }
    lines = "".join(f"  {name}: {json.dumps(member)}\n" for name, member in spec.items())
    manifest = setting.manifest(f"stock-{list(KINDS).index(kind)}-{mode}", lines)
    contender = filejob(manifest, check(bad), options=secret())
    return replace(contender, name=kind, prepare=lambda: database().reset(*CREATE))


def append():
    good, *bad = KINDS
    return load(good, "append"), [load(kind, "append") for kind in bad]


def stage():
    good, *bad = KINDS
    return load(good, "replace"), [load(kind, "replace") for kind in bad]
