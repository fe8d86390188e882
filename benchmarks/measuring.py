"""Runs whole processes in turns and says what they took."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Callable, Optional


@dataclass(frozen=True)
class Sample:
    """What one run took: CPU (user and system, children included) and wall time in seconds, peak memory in MB."""

    cpu: float
    wall: float
    rss: float
    out: str


@dataclass(frozen=True)
class Contender:
    """
    A command that is measured.

    check: is given what it printed, and raises if that is wrong
    prepare: makes what it finds, before each run
    cpu_from: takes the CPU seconds from what it printed instead; its wall time and memory mean nothing then
    """

    name: str
    command: list
    check: Callable[[str], None] = lambda out: None
    environment: Optional[dict] = None
    cpu_from: Optional[Callable[[str], float]] = None
    prepare: Callable[[], None] = lambda: None


def run(contender: Contender) -> Sample:
    contender.prepare()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.monotonic()
        process = subprocess.Popen(
            contender.command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={**os.environ, **(contender.environment or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        printed = out.read()
        if process.returncode != 0:
            sys.exit(f"{contender.name} failed with {process.returncode}:\n{printed}{err.read()}")
    contender.check(printed)
    cpu = contender.cpu_from(printed) if contender.cpu_from else usage.ru_utime + usage.ru_stime
    per_mb = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Sample(cpu, wall, usage.ru_maxrss / per_mb, printed)


def compare(subject: Contender, peers: list, pairs: int) -> str:
    """A Markdown table of `subject` and its peers, from so many runs of each peer, each right after one of `subject`."""
    of_subject, of_peer, before_peer = [], {peer.name: [] for peer in peers}, {peer.name: [] for peer in peers}
    for number in range(pairs):
        for peer in peers:
            print(f"  {number + 1}/{pairs} {peer.name}", file=sys.stderr)
            first, second = run(subject), run(peer)
            of_subject.append(first)
            before_peer[peer.name].append(first)
            of_peer[peer.name].append(second)
    lines = [
        f"| | CPU s | wall s | peak RSS MB | CPU of {subject.name} / its | wall / its |",
        "|---|---|---|---|---|---|",
        row(subject, of_subject, "", ""),
    ]
    for peer in peers:
        pair = list(zip(before_peer[peer.name], of_peer[peer.name]))
        cpu = spread([a.cpu / b.cpu for a, b in pair])
        wall = "" if peer.cpu_from else spread([a.wall / b.wall for a, b in pair])
        lines.append(row(peer, of_peer[peer.name], f"**{cpu}**", wall))
    return "\n".join(lines)


def row(contender: Contender, samples: list, cpu: str, wall: str) -> str:
    whole = contender.cpu_from is None
    cells = [
        contender.name,
        spread([s.cpu for s in samples]),
        spread([s.wall for s in samples]) if whole else "",
        f"{statistics.median(s.rss for s in samples):.0f}" if whole else "",
        cpu,
        wall,
    ]
    return "| " + " | ".join(cells) + " |"


def spread(values: list) -> str:
    """The median, and in brackets the smallest and the largest."""
    return f"{figure(statistics.median(values))} ({figure(min(values))}–{figure(max(values))})"


def figure(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
