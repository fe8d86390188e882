"""What it costs to look at a run: aggregations with the port for metrics, scraped every second, and log lines in JSON."""

import atexit
import socket
import sys
import threading
import urllib.request
from dataclasses import replace

import aggregates
import setting
from contenders import filejob
from measuring import Contender, compare
from results import Groups, Lines

# Seconds. Prometheus asks every 15 to 60; runs of some seconds would seldom be asked.
INTERVAL = 1.0
# Until a run serves metrics, so that short runs are asked, too.
RETRY = 0.02
TIMEOUT = 5


class Scraper:
    """Reads a page of metrics every second, while something serves it; in a thread of this process, which is not measured."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.pages = 0
        self.ended = threading.Event()
        threading.Thread(target=self.scrape, daemon=True).start()
        atexit.register(self.ended.set)

    def scrape(self) -> None:
        pause = RETRY
        while not self.ended.wait(pause):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=TIMEOUT) as page:
                    self.pages += b"filejob_worker_slices_total" in page.read()
                pause = INTERVAL
            except OSError:
                # No run is being observed, or it ends.
                pause = RETRY

    def check(self) -> None:
        """Fails if the run before this call was not observed."""
        if self.pages == 0:
            sys.exit("WRONG: no metrics were read")
        print(f"  {self.pages} pages of metrics", file=sys.stderr)
        self.pages = 0


def observed(subject: Contender, scraper: Scraper) -> Contender:
    """The same run, observed."""

    def check(out: str) -> None:
        subject.check(out)
        scraper.check()

    # Without -q there are lines about the progress.
    command = [word for word in subject.command if word != "-q"] + ["--metrics-port", str(scraper.port)]
    return replace(
        subject, name="FileJob, observed", command=command, check=check, environment={"FILEJOB_LOG_JSON": "true"}
    )


def case(pairs: int) -> str:
    """A table each for `stations` and `songs`."""
    scraper = Scraper()
    tables = []
    for title, (file, job), result in (
        ("stations", aggregates.stations_job(aggregates.STATIONS), Groups(aggregates.OUT, aggregates.STATIONS)),
        ("songs", aggregates.songs_job(aggregates.SONGS), Lines(aggregates.OUT, aggregates.SONGS)),
    ):
        setting.warm(file)
        subject = filejob(job, result.filejob)
        tables.append(f"`{title}`:\n\n" + compare(subject, [observed(subject, scraper)], pairs))
    return "\n\n".join(tables)
