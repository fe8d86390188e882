"""A catalogue: its images are fetched from a web server on this machine, compressed at quality 50, and stored."""

import atexit
import csv
import functools
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import setting
from contenders import filejob
from measuring import Contender
from setting import SCALE, WORKERS

IMAGES = max(10, int(2000 * SCALE))
WORK = setting.CACHE / "catalogue"
LIST, OUT, RESULT = WORK / "list.csv", WORK / "out", WORK / "out.csv"
HEADER = ["S. No.", "Product Name", "Input Image Urls"]

# Two processes, each of which fetches an image, compresses it and stores it, on one connection that stays open.
PYTHON = """
import csv, hashlib, http.client, os, sys
from multiprocessing import Pool
from urllib.parse import urlsplit
source, folder, result, workers = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
{compress}
connection = None
def one(row):
    global connection
    url = urlsplit(row[2])
    connection = connection or http.client.HTTPConnection(url.netloc, timeout=60)
    connection.request("GET", url.path)
    response = connection.getresponse()
    data = response.read()
    if response.status != 200:
        sys.exit(row[2] + ": " + str(response.status))
    data = compress(data)
    name = f"{{row[0]}}-1-{{hashlib.sha256(data).hexdigest()[:12]}}.jpg"
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    return [*row, os.path.join(folder, name)]
if __name__ == "__main__":
    with Pool(workers) as pool, open(source, newline="") as rows, open(result, "w", newline="") as out:
        rows, out = csv.reader(rows), csv.writer(out)
        out.writerow([*next(rows), "Output Image Urls"])
        out.writerows(pool.imap(one, rows))
"""

PYVIPS = """
os.environ["VIPS_CONCURRENCY"] = "1"
import pyvips
pyvips.cache_set_max(0)
def compress(data):
    image = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error")
    return image.jpegsave_buffer(Q=50, optimize_coding=True, keep="none")
"""

PILLOW = """
import io
from PIL import Image, ImageOps
def compress(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=50, optimize=True)
    return out.getvalue()
"""

SHARP = """
const fs = require('fs'), path = require('path'), crypto = require('crypto'), sharp = require('sharp')
const [source, folder, result, workers] = process.argv.slice(1)
sharp.concurrency(1)
sharp.cache(false)
const [header, ...rows] = fs.readFileSync(source, 'utf8').trim().split(/\\r?\\n/)
const out = new Array(rows.length)
let next = 0
async function work() {
  while (next < rows.length) {
    const number = next++
    const [serial, , url] = rows[number].split(',')
    const response = await fetch(url)
    if (!response.ok) throw new Error(url + ': ' + response.status)
    const input = Buffer.from(await response.arrayBuffer())
    const data = await sharp(input, {sequentialRead: true}).rotate().jpeg({quality: 50}).toBuffer()
    const digest = crypto.createHash('sha256').update(data).digest('hex')
    const file = path.join(folder, `${serial}-1-${digest.slice(0, 12)}.jpg`)
    await fs.promises.writeFile(file, data)
    out[number] = rows[number] + ',' + file
  }
}
Promise.all(Array.from({length: Number(workers)}, work)).then(
  () => fs.writeFileSync(result, [header + ',Output Image Urls', ...out, ''].join('\\n')))
"""


class Stored:
    """All programs must store an image for each row, in the order of the rows, and about the same number of bytes."""

    def __init__(self):
        self.standard = None

    def __call__(self, out: str) -> None:
        with open(RESULT, newline="") as rows:
            files = [Path(row[-1]) for row in list(csv.reader(rows))[1:]]
        size = sum(file.stat().st_size for file in files)
        self.standard = self.standard or size
        is_complete = [file.name.split("-")[0] for file in files] == [str(n) for n in range(IMAGES)]
        if not is_complete or len(list(OUT.iterdir())) != IMAGES or not 0.8 < size / self.standard < 1.25:
            sys.exit(f"WRONG: {len(files)} rows, {size} bytes instead of about {self.standard}")


def nothing_stored() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    RESULT.unlink(missing_ok=True)
    OUT.mkdir(parents=True)


@functools.cache
def server(folder: Path) -> str:
    """The URL of a server of the files in `folder` that ends with this process."""
    command = setting.java("io.filejob.benchmarks.ServeImages", folder)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.stdin.close)
    return process.stdout.readline().strip()


def write_list(url: str) -> None:
    with open(LIST, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADER)
        rows.writerows([number, "a product", f"{url}image-{number}.jpg"] for number in range(IMAGES))


def case() -> tuple:
    nothing_stored()
    write_list(server(setting.images_folder(IMAGES)))
    check, arguments = Stored(), [str(LIST), str(OUT), str(RESULT), str(WORKERS)]
    library = subprocess.check_output([setting.ROOT / "scripts/libvips"], text=True).strip()
    job = setting.manifest(
        "catalogue",
        f"  input: {{files: ['{LIST}']}}\n  operation: {{compressImages: {{to: {{uri: '{OUT}'}}}}}}\n"
        f"  output: {{uri: '{RESULT}'}}\n",
    )

    def checked(out: str) -> None:
        images = json.loads(out)["status"]["result"]["images"]
        if images["in"] != IMAGES or images["failed"] != 0:
            sys.exit(f"WRONG: {images}")
        check(out)

    def ours(name: str, workers: int, heap: str) -> Contender:
        environment = {"FILEJOB_LIBVIPS": library, "FILEJOB_JAVA_OPTS": heap}
        contender = filejob(job, checked, workers=workers)
        return replace(contender, name=name, environment=environment, prepare=nothing_stored)

    def contender(name: str, command: list, environment=None) -> Contender:
        return Contender(name, command, check, environment, prepare=nothing_stored)

    peers = [ours("FileJob, W=1, for 256 MB", 1, "-Xmx176m")]
    if python := setting.python_with("images-venv", "pyvips", "pyvips-binary", "pillow"):
        peers.append(contender("pyvips", [python, "-c", PYTHON.format(compress=PYVIPS), *arguments]))
        peers.append(contender("Pillow", [python, "-c", PYTHON.format(compress=PILLOW), *arguments]))
    if modules := setting.node_modules("sharp"):
        peers.append(contender("sharp", ["node", "-e", SHARP, "--", *arguments], {"NODE_PATH": str(modules)}))
    return ours("FileJob, W=2", WORKERS, ""), peers
