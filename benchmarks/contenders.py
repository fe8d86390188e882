"""FileJob and its peers: the commands that are measured, all of them on WORKERS threads."""

import json
from typing import Callable, Optional

import setting
from measuring import Contender
from setting import WORKERS

WARM_ROUNDS = 20

DUCKDB = """
import duckdb, json, sys
db = duckdb.connect(config=json.loads(sys.argv[1]))
db.execute("SET enable_progress_bar = false")
print(*db.execute(sys.argv[2]).fetchone())
"""


def filejob(job, check: Callable[[str], None], workers=WORKERS, options=()) -> Contender:
    command = [setting.ROOT / "filejob", "run", job, "-w", str(workers), "-q", "-o", "json", *options]
    return Contender("FileJob", command, check)


def scans(file) -> list:
    """Counts the file's line breaks and does nothing else."""
    program = ("io.filejob.benchmarks.ScanLines", file, WORKERS)
    cache = setting.train("scan.aot", *program)
    return [
        Contender("newline scan, whole process", setting.java(*program, cache=cache)),
        Contender(
            "newline scan, warmed up",
            setting.java(*program, WARM_ROUNDS, cache=cache),
            cpu_from=lambda out: float(out.split()[1]),
        ),
    ]


def duckdb(name: str, statement: str, check: Callable[[str], None], settings: Optional[dict] = None) -> list:
    """One statement, whose first row is printed; nothing where DuckDB is not to be had."""
    config = {"threads": WORKERS, "temp_directory": str(setting.CACHE / "duckdb"), **(settings or {})}
    python = setting.peers_python()
    return [Contender(name, [python, "-c", DUCKDB, json.dumps(config), statement], check)] if python else []


def polars(name: str, expression: str, check: Callable[[str], None], file, out) -> list:
    """A lazy frame of `file` that goes to `out` by the streaming engine; nothing where Polars is not to be had."""
    code = f"import sys\nimport polars as pl\nfile, out = sys.argv[1:]\n{expression}.sink_csv(out, engine='streaming')"
    environment = {"POLARS_MAX_THREADS": str(WORKERS)}
    python = setting.peers_python()
    return [Contender(name, [python, "-c", code, file, out], check, environment)] if python else []
