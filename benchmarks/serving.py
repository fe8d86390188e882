"""A running service of `filejob serve`, and an S3 server, for the cases that measure them."""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import setting

BUCKET = "bench"
KEYS = {"AWS_ACCESS_KEY_ID": "test-access-key", "AWS_SECRET_ACCESS_KEY": "test-secret-key"}
REGION = "eu-west-1"
FOLDER = setting.CACHE / "service"


@dataclass(frozen=True)
class Service:
    """A running service: its process, its URL without a slash at the end, and the token of its user."""

    process: subprocess.Popen
    url: str
    token: str

    def get(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"}
        return urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers)).read()

    def curl(self, path: str, *options) -> list:
        return curl("-H", f"Authorization: Bearer {self.token}", *options, self.url + path)

    def rss(self) -> float:
        """The memory of its process in MB; `filejob` has replaced itself by the JVM."""
        return int(setting.first(r"VmRSS:\s*(\d+)", f"/proc/{self.process.pid}/status")) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def curl(*arguments) -> list:
    return ["curl", "-sS", "--fail", *map(str, arguments)]


def start(data: Path, environment: Optional[dict] = None, options=()) -> Service:
    """Starts a service on this folder, which ends with this process; returns when it says that it is ready."""
    process = subprocess.Popen(
        [setting.ROOT / "filejob", "serve", "--port=0", f"--data={data}", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    atexit.register(process.kill)
    line = process.stdout.readline()
    if "/?token=" not in line:
        sys.exit(f"the service did not start: {line}")
    url, token = line.split()[-1].split("/?token=")
    return Service(process, url, token)


@functools.cache
def build() -> None:
    """Builds the service, and makes its start-up cache, which a second start does after a change."""
    for _ in range(2):
        setting.quietly([setting.ROOT / "filejob", "serve", "--help"])


def empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@functools.cache
def store() -> str:
    """The URL of an S3 server on this machine, which ends with this process, with one bucket."""
    folder = Path(tempfile.mkdtemp(prefix="bench-store-", dir="/var/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    process = subprocess.Popen(
        setting.java("io.filejob.testing.s3.S3Server", folder, 0),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    atexit.register(process.kill)
    url = process.stdout.readline().strip()
    subprocess.run(straight(f"/{BUCKET}", url, "-X", "PUT"), check=True, stdout=subprocess.DEVNULL)
    return url


def straight(path: str, url: str, *options) -> list:
    """curl to the store itself."""
    user = f"{KEYS['AWS_ACCESS_KEY_ID']}:{KEYS['AWS_SECRET_ACCESS_KEY']}"
    # Without this header, versions of curl before 8 sign a request that no store accepts.
    unsigned = ["-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"]
    return curl("--aws-sigv4", f"aws:amz:{REGION}:s3", "--user", user, *unsigned, *options, url + path)


@functools.cache
def with_store(direct: bool = False) -> Service:
    """A service whose uploads are in the store. direct: clients reach the store, too."""
    build()
    environment = {
        **KEYS,
        "AWS_REGION": REGION,
        "FILEJOB_SERVICE_UPLOADS": f"s3://{BUCKET}/uploads/",
        "FILEJOB_SERVICE_S3_ENDPOINT": store(),
        "FILEJOB_SERVICE_S3_REGION": REGION,
        "FILEJOB_SERVICE_S3_PATH_STYLE": "true",
    }
    if direct:
        environment["FILEJOB_SERVICE_S3_PUBLIC_ENDPOINT"] = store()
    options = ["--direct-downloads"] if direct else []
    service = start(empty(FOLDER / ("direct" if direct else "stored")), environment, options)
    # The first upload loads the client of the store; this one has two parts.
    small = setting.products_file(10_000_000)
    setting.quietly(service.curl("/api/v1/files?name=small.csv", "-T", small, "-X", "POST"))
    return service
