"""A PostgreSQL server of the benchmarks' own, with its defaults, on this machine's loopback."""

import functools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import setting

SCRIPT = setting.ROOT / "scripts/postgres"
HOST, ROLE, ADMIN = "127.0.0.1", "filejob", "postgres"


class Database:
    """A running server and its database filejob. Passwords are the roles' names. It goes when this process does."""

    def __init__(self):
        self.programs = Path(subprocess.check_output([SCRIPT], text=True).strip())
        # Not in the cache, which PostgreSQL's own user may not get to.
        self.folder = tempfile.mkdtemp(prefix="filejob-bench-", dir="/var/tmp")
        self.process = subprocess.Popen(
            [SCRIPT, "run", self.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = self.process.stdout.readline().strip()
        if not self.port:
            sys.exit("there is no database")
        self.secret = setting.CACHE / "products-db"
        keys = {"host": HOST, "port": self.port, "database": ROLE, "user": ROLE, "password": ROLE}
        self.secret.write_text("".join(f"{key}={value}\n" for key, value in keys.items()))

    def environment(self, role: str = ROLE, database: str = ROLE) -> dict:
        """What psql and others of libpq's kin look for."""
        keys = {"HOST": HOST, "PORT": self.port, "USER": role, "PASSWORD": role, "DATABASE": database}
        return {f"PG{key}": value for key, value in keys.items()}

    def psql(self, *statements: str) -> list:
        """A command that does statements one after the other, on one connection."""
        options = [argument for statement in statements for argument in ("-c", statement)]
        return [str(self.programs / "psql"), "-qXAt", "-v", "ON_ERROR_STOP=1", *options]

    def do(self, *statements: str, **to) -> str:
        """Does them, and gives what they print."""
        return setting.quietly(self.psql(*statements), env={**os.environ, **self.environment(**to)})

    def reset(self, *statements: str) -> None:
        """A new database, and these statements in it."""
        again = "DROP DATABASE IF EXISTS filejob WITH (FORCE)", "CREATE DATABASE filejob OWNER filejob"
        self.do(*again, role=ADMIN, database=ADMIN)
        self.do(*statements)
        self.settle()

    def settle(self) -> None:
        """Writes what is yet to be written, so that it is not what is measured next."""
        self.do("CHECKPOINT", role=ADMIN)

    def version(self) -> str:
        return "PostgreSQL " + self.do("SHOW server_version").strip()


@functools.cache
def database() -> Database:
    """The only one, which starts when it is asked for."""
    return Database()
