"""Fetching: small images from a web server on this machine into files, by FileJob and by aiohttp."""

import atexit
import functools
import shutil
import subprocess
import sys

import setting
from measuring import Contender
from setting import SCALE

IMAGES = max(100, int(10_000 * SCALE))
CONNECTIONS = 16
OUT = setting.CACHE / "fetched"

AIOHTTP = """
import asyncio, os, sys
import aiohttp
url, images, connections, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
async def work(session, numbers):
    count = 0
    for number in numbers:
        async with session.get(f"{url}{number}.jpg") as response:
            response.raise_for_status()
            data = await response.read()
        with open(os.path.join(folder, f"{number}.jpg"), "wb") as file:
            file.write(data)
        count += len(data)
    return count
async def main():
    connector = aiohttp.TCPConnector(limit=connections, limit_per_host=connections)
    numbers = iter(range(images))
    async with aiohttp.ClientSession(connector=connector) as session:
        print(sum(await asyncio.gather(*(work(session, numbers) for _ in range(connections)))))
asyncio.run(main())
"""


class Bytes:
    """All programs must fetch the same number of files and bytes."""

    def __init__(self):
        self.standard = None

    def __call__(self, out: str) -> None:
        self.standard = self.standard or int(out)
        if len(list(OUT.iterdir())) != IMAGES or int(out) != self.standard:
            sys.exit(f"WRONG: {out.strip()} bytes instead of {self.standard}")


def empty_folder() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)


@functools.cache
def server() -> str:
    """The URL of a server that ends with this process."""
    process = subprocess.Popen(
        setting.java("io.filejob.benchmarks.ServeImages"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(process.stdin.close)
    return process.stdout.readline().strip()


def case() -> tuple:
    arguments, check = [server(), str(IMAGES), str(CONNECTIONS), str(OUT)], Bytes()
    program = ("io.filejob.benchmarks.FetchImages", *arguments)
    empty_folder()
    ours = setting.java(*program, cache=setting.train("fetch.aot", *program))
    peers = []
    if python := setting.python_with("aiohttp-venv", "aiohttp"):
        peers.append(Contender("aiohttp", [python, "-c", AIOHTTP, *arguments], check, prepare=empty_folder))
    return Contender("FileJob", ours, check, prepare=empty_folder), peers
