"""The cases of `operation.ingest`: each gives FileJob's contender and those it is compared with."""

import json
import os
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Callable

import setting
from contenders import filejob
from database import database
from measuring import Contender
from setting import LARGE, SCALE
from tables import products

PRODUCTS = int(SCALE * 500_000)
COLUMNS = "sku, name, description"
CREATE = "CREATE TABLE products (sku text PRIMARY KEY, name text, description text)"
CREATE_GROUPS = "CREATE TABLE products_by_name (name text PRIMARY KEY, no_of_products bigint)"
KEYS = {"keys": ["sku"]}
COUNTS = {"table": "products_by_name", "groupBy": ["name"], "measures": [{"function": "count", "as": "no_of_products"}]}
# DuckDB's extension is made for this very version of it.
PYTHON_PEERS = "adbc-driver-postgresql polars pyarrow duckdb==1.5.5 duckdb-extension-postgres-scanner==1.5.5".split()
DUCKDB = """
import importlib.resources, sys, duckdb
(extension,) = importlib.resources.files("duckdb_extension_postgres_scanner").glob("extensions/*/*")
db = duckdb.connect()
db.execute(f"LOAD '{extension}'")
db.execute(f"ATTACH '{sys.argv[2]}' AS target (TYPE postgres)")
db.execute(f"INSERT INTO target.products SELECT * FROM read_csv('{sys.argv[1]}', all_varchar = true)")
"""
POLARS = """
import sys, polars as pl
pl.read_csv(sys.argv[1]).write_database("products", sys.argv[2], engine="adbc", if_table_exists="append")
"""


def job(name: str, file: Path, **how) -> Path:
    """how: more members of `ingest`"""
    members = {"database": {"secret": {"name": "products-db"}}, "table": "products", **how}
    spec = {"input": {"files": [str(file)], "format": {"csv": {}}}, "operation": {"ingest": members}}
    return setting.manifest(name, f"  {json.dumps(spec)}\n")


def secret() -> list:
    return ["--secret", f"products-db={database().secret}"]


def ingest(manifest: Path, check: Callable[[str], None], prepare: Callable[[], None]) -> Contender:
    return replace(filejob(manifest, check, options=secret()), prepare=prepare)


def no_rows(prepare: Callable[[], None], **how) -> Contender:
    """What there is to a run of FileJob besides its rows."""
    file = setting.CACHE / "no-products.csv"
    file.write_text("sku,name,description\n")
    return replace(ingest(job("no-products", file, **how), lambda out: None, prepare), name="FileJob, no rows")


def empty() -> None:
    database().reset(CREATE, CREATE_GROUPS)


def halves(file: Path) -> list:
    """Its two halves, cut between rows and without the header; made once."""
    parts = [file.with_suffix(f".half-{part}") for part in (1, 2)]
    if not all(part.exists() for part in parts):
        content = file.read_bytes()
        begin = content.index(b"\n") + 1
        cut = content.index(b"\nsku-", len(content) // 2) + 1
        parts[0].write_bytes(content[begin:cut])
        parts[1].write_bytes(content[cut:])
    for part in parts:
        setting.warm(part)
    return parts


def at_once(*connections: list) -> str:
    """Shell: does the statements of each connection beside those of the others, and fails where one does."""
    commands = [shlex.join(database().psql(*statements)) for statements in connections]
    begun = "\n".join(f"{command} & p{number}=$!" for number, command in enumerate(commands))
    return begun + "\n" + "\n".join(f"wait $p{number}" for number in range(len(commands)))


def statements(name: str, check: Callable[[str], None], prepare: Callable[[], None], *steps: str) -> Contender:
    return Contender(name, ["sh", "-ec", "\n".join(steps)], check, database().environment(), prepare=prepare)


def copy_to(table: str, file: Path) -> str:
    return f"\\copy {table} FROM '{file}' WITH (FORMAT csv)"


def batches(file: Path, check: Callable[[str], None]) -> Contender:
    url = f"jdbc:postgresql://127.0.0.1:{database().port}/filejob?user=filejob&password=filejob"
    program = ("io.filejob.benchmarks.JdbcBatches", url, *halves(file))
    empty()
    cache = setting.train("batches.aot", *program)
    return Contender("JDBC batches, two connections", setting.java(*program, cache=cache), check, prepare=empty)


def python(file: Path, check: Callable[[str], None]) -> list:
    """Programs in Python, each on one connection; nothing where they cannot be had."""
    interpreter = setting.python_with("venv-postgres", *PYTHON_PEERS)
    url = f"postgresql://filejob:filejob@127.0.0.1:{database().port}/filejob"
    programs = {"DuckDB": DUCKDB, "Polars, ADBC": POLARS}
    return [
        Contender(name, [interpreter, "-c", program, file, url], check, prepare=empty)
        for name, program in (programs.items() if interpreter else ())
    ]


def ten_times(make: Callable[[int], Contender]) -> list:
    """make: of a number of rows, FileJob's contender."""
    return [replace(make(10 * PRODUCTS), name="FileJob, ten times the file")] if LARGE else []


def append_job(rows: int) -> Contender:
    file = setting.rows_file("catalogue", rows)
    setting.warm(file)
    return ingest(job(f"append-{rows}", file, mode="append"), products(file).are_inserted, empty)


def append():
    file = setting.rows_file("catalogue", PRODUCTS)
    check = products(file).check
    copies = at_once(*([copy_to("products", half)] for half in halves(file)))
    peers = [statements("COPY, two connections", check, empty, copies)]
    peers += [batches(file, check), *python(file, check)]
    return append_job(PRODUCTS), [no_rows(empty, mode="append"), *ten_times(append_job), *peers]


def by_hand(name: str, file: Path, check, prepare: Callable[[], None], where: str = "") -> Contender:
    """Two connections copy half of the file each into stages, then merge half of the keys each into the table."""
    stage = "CREATE UNLOGGED TABLE stage_{} (place bigserial, sku text, name text, description text)"
    stages = (
        [stage.format(half), copy_to(f"stage_{half} ({COLUMNS})", part)] for half, part in enumerate(halves(file))
    )
    staged = " UNION ALL ".join(f"SELECT {half} AS half, * FROM stage_{half}" for half in (0, 1))
    merge = (
        f"INSERT INTO products AS p SELECT DISTINCT ON (sku) {COLUMNS} FROM ({staged}) AS staged"
        " WHERE hashtext(sku) & 1 = {} ORDER BY sku, half DESC, place DESC"
        f" ON CONFLICT (sku) DO UPDATE SET name = excluded.name, description = excluded.description {where}"
    )
    merges = (["SET work_mem = '256MB'", merge.format(half)] for half in (0, 1))
    end = at_once(["DROP TABLE stage_0, stage_1"])
    return statements(name, check, prepare, at_once(*stages), at_once(*merges), end)


def new_rows(rows: int) -> Contender:
    file = setting.rows_file("repeated", rows)
    setting.warm(file)
    return ingest(job(f"upsert-{rows}", file, **KEYS), products(file).are_inserted, empty)


def upsert():
    file = setting.rows_file("repeated", PRODUCTS)
    peer = by_hand("by hand, two connections", file, products(file).check, empty)
    return new_rows(PRODUCTS), [no_rows(empty, **KEYS), *ten_times(new_rows), peer]


def loaded(rows: int) -> Callable[[], None]:
    """Makes a table that has the rows already."""
    load = by_hand("load", setting.rows_file("repeated", rows), lambda out: None, empty)

    def prepare() -> None:
        empty()
        setting.quietly(load.command, env={**os.environ, **load.environment})
        database().do("VACUUM ANALYZE products")
        database().settle()

    return prepare


def same_rows(rows: int) -> Contender:
    file = setting.rows_file("repeated", rows)
    setting.warm(file)
    return ingest(job(f"upsert-{rows}", file, **KEYS), products(file).are_unchanged, loaded(rows))


def again():
    file = setting.rows_file("repeated", PRODUCTS)
    where = "WHERE (p.name, p.description) IS DISTINCT FROM (excluded.name, excluded.description)"
    peer = by_hand("by hand, two connections", file, products(file).check, loaded(PRODUCTS), where)
    return same_rows(PRODUCTS), [no_rows(loaded(PRODUCTS), **KEYS), *ten_times(same_rows), peer]


def aggregates():
    file = setting.rows_file("repeated", PRODUCTS)
    check, prepare = products(file).are_counted, loaded(PRODUCTS)
    command = [setting.ROOT / "filejob", "refresh", job("aggregates", file, aggregates=[COUNTS], **KEYS), *secret()]
    subject = Contender("FileJob", command, check, prepare=prepare)
    select = "INSERT INTO products_by_name SELECT name, count(*) FROM products GROUP BY name"
    no_rows = replace(subject, name="FileJob, no rows", check=lambda out: None, prepare=empty)
    return subject, [no_rows, statements("INSERT … SELECT … GROUP BY", check, prepare, at_once([select]))]
