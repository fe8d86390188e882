"""Images: FileJob's compressor and others, on the same JPEG files, at quality 50."""

import shutil
import subprocess
import sys
from pathlib import Path

import setting
from measuring import Contender
from setting import SCALE, WORKERS

IMAGES = max(10, int(2000 * SCALE))
OUT = setting.CACHE / "images-out"

# Two processes, each with a share of the files; libvips with one thread, as in FileJob.
PYTHON = """
import os, sys
from multiprocessing import Pool
folder, out, workers, scale = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) / 100
{compress}
def one(name):
    data = compress(open(os.path.join(folder, name), "rb").read())
    with open(os.path.join(out, name), "wb") as file:
        file.write(data)
    return len(data)
if __name__ == "__main__":
    with Pool(workers) as pool:
        print(sum(pool.imap_unordered(one, sorted(os.listdir(folder)))))
"""

PYVIPS = """
os.environ["VIPS_CONCURRENCY"] = "1"
import pyvips
pyvips.cache_set_max(0)
def compress(data):
    image = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error")
    if scale < 1:
        image = image.resize(scale)
    return image.jpegsave_buffer(Q=50, optimize_coding=True, keep="none")
"""

PILLOW = """
import io
from PIL import Image, ImageOps
def compress(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if scale < 1:
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=50, optimize=True)
    return out.getvalue()
"""

SHARP = """
const fs = require('fs'), path = require('path'), sharp = require('sharp')
const [folder, out, workers, percent] = process.argv.slice(1)
sharp.concurrency(1)
sharp.cache(false)
const names = fs.readdirSync(folder).sort()
let bytes = 0
async function work() {
  for (let name; (name = names.shift()) !== undefined; ) {
    let image = sharp(await fs.promises.readFile(path.join(folder, name)), {sequentialRead: true}).rotate()
    if (percent < 100) {
      const {width} = await image.metadata()
      image = image.resize(Math.round(width * percent / 100))
    }
    const data = await image.jpeg({quality: 50}).toBuffer()
    await fs.promises.writeFile(path.join(out, name), data)
    bytes += data.length
  }
}
Promise.all(Array.from({length: Number(workers)}, work)).then(() => console.log(bytes))
"""


class Sizes:
    """All programs must write as many files, of about the same size together: they have other encoders and filters."""

    def __init__(self):
        self.standard = None

    def __call__(self, out: str) -> None:
        bytes_out = int(out)
        self.standard = self.standard or bytes_out
        if len(list(OUT.iterdir())) != IMAGES or not 0.8 < bytes_out / self.standard < 1.25:
            sys.exit(f"WRONG: {bytes_out} bytes instead of about {self.standard}")


def empty_folder() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)


def case(percent: int) -> tuple:
    folder, check = setting.images_folder(IMAGES), Sizes()
    arguments = [folder, OUT, str(WORKERS), str(percent)]

    def contender(name: str, command: list, environment=None) -> Contender:
        return Contender(name, command, check, environment, prepare=empty_folder)

    library = subprocess.check_output([setting.ROOT / "scripts/libvips"], text=True).strip()
    empty_folder()
    environment = {"FILEJOB_LIBVIPS": library}
    program = "io.filejob.benchmarks.CompressImages"
    few = setting.images_folder(min(IMAGES, 40))
    cache = setting.train("images.aot", program, few, OUT, "1", str(percent), environment=environment)

    def filejob(workers: int) -> Contender:
        command = setting.java(program, folder, OUT, str(workers), str(percent), cache=cache)
        return contender(f"FileJob, W={workers}", command, environment)

    ours, peers = filejob(WORKERS), [filejob(1)]
    if python := setting.python_with("images-venv", "pyvips", "pyvips-binary", "pillow"):
        peers.append(contender("pyvips", [python, "-c", PYTHON.format(compress=PYVIPS), *arguments]))
        peers.append(contender("Pillow", [python, "-c", PYTHON.format(compress=PILLOW), *arguments]))
    if modules := setting.node_modules("sharp"):
        peers.append(contender("sharp", ["node", "-e", SHARP, "--", *arguments], {"NODE_PATH": str(modules)}))
    return ours, peers
