"""Where the benchmarks run: the built programs, the data, the peers, the machine."""

import functools
import glob
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Optional

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "filejob" / "bench"
JAVA_HOME = os.environ.get("JAVA_HOME") or subprocess.check_output([ROOT / "scripts/java-home"], text=True).strip()

# Those of ./filejob, with less heap.
JAVA_OPTIONS = [
    *subprocess.check_output(["sh", "-c", '. "$0" && echo $java_options', ROOT / "scripts/java-options"], text=True).split(),
    "-Xmx256m",
]
CENTS = 2
BYTES_PER_LINE = 6.89
AWK = "awk"
PEERS = ["duckdb", "polars"]

WORKERS = 2
SCALE = float(os.environ.get("BENCH_SCALE") or 1)
LARGE = os.environ.get("BENCH_LARGE") == "1"


def say(text: str) -> None:
    print(text, file=sys.stderr)


def quietly(command: list, **options) -> str:
    """Runs what only prepares; what it prints is shown if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed with {done.returncode}:\n{done.stdout}")
    return done.stdout


def build() -> None:
    say("building ...")
    # The second start makes the start-up cache if the first one had to build again.
    for _ in range(2):
        quietly([ROOT / "filejob", "--version"])
    arguments = "-q -B -Pbenchmarks -pl benchmarks -am package -Dquick -Dmaven.test.skip=true"
    quietly(["mvn", *arguments.split()], cwd=ROOT, env={**os.environ, "JAVA_HOME": JAVA_HOME})


def java(*arguments, cache: Path = None) -> list:
    target = HERE / "target" / "quick"
    # Not `lib/*`: a start-up cache needs the very same class path.
    jars = [str(target / "filejob-benchmarks.jar"), *sorted(glob.glob(str(target / "lib" / "*.jar")))]
    options = [*JAVA_OPTIONS, "--add-modules=jdk.incubator.vector", "-cp", os.pathsep.join(jars)]
    if cache is not None and cache.exists():
        options.append(f"-XX:AOTCache={cache}")
    return [f"{JAVA_HOME}/bin/java", *options, *map(str, arguments)]


def train(file: Path, *program, environment: Optional[dict] = None) -> Path:
    """A start-up cache for a program, as ./filejob has one."""
    cache = CACHE / file
    cache.unlink(missing_ok=True)
    command = java(*program)
    subprocess.run(
        [command[0], f"-XX:AOTCacheOutput={cache}", *command[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env={**os.environ, **(environment or {})},
    )
    return cache


def manifest(name: str, input_and_operation: str) -> Path:
    file = CACHE / f"{name}.yaml"
    head = f"apiVersion: filejob.io/v1alpha1\nkind: FileJob\nmetadata:\n  name: {name}\nspec:\n"
    file.write_text(head + input_and_operation)
    return file


def lines_file(size: int) -> Path:
    """One price to a line, about so many bytes; made once, by FileJob itself."""
    file = CACHE / f"lines-{size}.txt"
    if not file.exists():
        say(f"making {file} ...")
        folder = CACHE / f"lines-{size}"
        generate = f"files: 1, entriesPerFile: {int(size / BYTES_PER_LINE)}, seed: 42, decimals: {CENTS}"
        job = manifest(
            "make-lines",
            f"  input: {{generate: {{{generate}, keep: {{uri: '{folder}'}}}}}}\n  operation: {{average: {{}}}}\n",
        )
        quietly([ROOT / "filejob", "run", job, "-q"])
        (made,) = folder.iterdir()
        made.rename(file)
        folder.rmdir()
    return file


def products_file(size: int) -> Path:
    """A CSV file of products; made once."""
    return made_once(CACHE / f"products-{size}.csv", "WriteProducts", size)


def rows_file(kind: str, rows: int) -> Path:
    """A CSV file to aggregate, see WriteRows; made once."""
    return made_once(CACHE / f"{kind}-{rows}.csv", "WriteRows", kind, rows)


def tiny_files(number: int) -> Path:
    """A folder with so many files; made once."""
    return made_once(CACHE / f"tiny-{number}", "WriteTinyFiles", number)


def images_folder(number: int) -> Path:
    """A folder with so many JPEG files; made once."""
    return made_once(CACHE / f"images-{number}", "WriteImages", number)


def made_once(place: Path, program: str, *arguments) -> Path:
    if not place.exists():
        say(f"making {place} ...")
        unfinished = place.with_suffix(".tmp")
        quietly(java(f"io.filejob.benchmarks.{program}", unfinished, *arguments))
        unfinished.rename(place)
    return place


def warm(file: Path) -> None:
    """Reads it, so that the page cache has it."""
    with open(file, "rb", buffering=0) as bytes_of:
        while bytes_of.read(1 << 20):
            pass


def peers_python() -> str:
    """A Python that has DuckDB and Polars, or nothing where they cannot be had."""
    return python_with("venv", *PEERS)


@functools.cache
def python_with(folder: str, *packages: str) -> str:
    """A Python in a folder of its own that has these packages, or nothing where they cannot be had."""
    python = CACHE / folder / "bin" / "python"
    names = [package.split("=")[0] for package in packages]
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", CACHE / folder], check=True, stdout=subprocess.DEVNULL)
        look = f"import importlib.metadata as m; [m.version(name) for name in {names}]"
        there = subprocess.run([python, "-c", look], stderr=subprocess.DEVNULL, check=False)
        if there.returncode != 0:
            say(f"installing {', '.join(names)} ...")
            subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, stdout=subprocess.DEVNULL)
        return str(python)
    except (OSError, subprocess.CalledProcessError) as e:
        say(f"no {', '.join(names)} to compare with: {e}")
        return ""


@functools.cache
def node_modules(package: str) -> Optional[Path]:
    """The folder of Node's modules, with this package, or None where it cannot be had."""
    folder = CACHE / "node"
    try:
        if not (folder / "node_modules" / package).exists():
            say(f"installing {package} ...")
            folder.mkdir(parents=True, exist_ok=True)
            command = ["npm", "install", "--silent", "--prefix", str(folder), package]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return folder / "node_modules"
    except (OSError, subprocess.CalledProcessError) as e:
        say(f"no {package} to compare with: {e}")
        return None


def machine() -> str:
    """The machine and the versions, as a Markdown list."""
    cpu = first(r"model name\s*: (.*)", "/proc/cpuinfo") or platform.processor()
    memory = int(first(r"MemTotal:\s*(\d+)", "/proc/meminfo") or 0) / (1 << 20)
    release = f"{JAVA_HOME}/release"
    vendor, version = first('IMPLEMENTOR="(.*)"', release), first('JAVA_RUNTIME_VERSION="(.*)"', release)
    awk = Path(quietly(["sh", "-c", f"readlink -f $(command -v {AWK})"]).strip()).name
    awk_version = subprocess.run(
        [AWK, "-W", "version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
    ).stdout
    items = [
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.release()}",
        f"JDK {version} ({vendor})",
        f"awk: {awk}, {awk_version.splitlines()[0] if awk_version else 'version unknown'}",
    ]
    for peer in PEERS if peers_python() else []:
        items.append(quietly([peers_python(), "-c", f"import {peer} as x; print(x.__name__, x.__version__)"]).strip())
    return "\n".join(f"- {item}" for item in items)


def first(pattern: str, file: str) -> str:
    """The first match in a file, or nothing."""
    try:
        found = re.search(pattern, Path(file).read_text())
    except OSError:
        return ""
    return found.group(1) if found else ""
