"""
What it costs to look at a run: aggregations with the port for metrics, scraped every second, and log lines in JSON; and the
worker of a pod that also sends spans.
"""

import atexit
import http.server
import json
import os
import socket
import subprocess
import sys
import tempfile
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


class Collector(http.server.BaseHTTPRequestHandler):
    """Receives spans, and forgets them; in threads of this process, which is not measured."""

    protocol_version = "HTTP/1.1"
    requests = 0

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        Collector.requests += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def collect() -> str:
    """Starts a collector and returns its URL."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


class Pods:
    """An API server with the objects of jobs, see ServePods; ends with this process."""

    def __init__(self):
        programs = subprocess.check_output([setting.ROOT / "e2e/cluster/cluster", "api-test-dir"], text=True).strip()
        self.server = subprocess.Popen(
            setting.java("io.filejob.benchmarks.ServePods", tempfile.mkdtemp(prefix="bench-pods-")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "KUBE_API_TEST_DIR": programs},
        )
        atexit.register(self.server.wait)
        atexit.register(self.server.stdin.close)

    def environment(self, job) -> dict:
        """The environment of a worker of a new job with this manifest."""
        print(job, file=self.server.stdin, flush=True)
        line = self.server.stdout.readline()
        if not line:
            sys.exit("the API server does not start")
        return dict(variable.split("=", 1) for variable in line.split())


def worker(name: str, job, pods: Pods, check, options=(), more=None) -> Contender:
    """The only worker of a job, as in a pod."""
    environment = {}

    def prepare() -> None:
        environment.update(pods.environment(job), **(more or {}))

    words = setting.CACHE / "termination-log"
    command = [setting.ROOT / "filejob", "work", "--config-map", "job-0badcafe", "--in-flight", words, *options]
    return Contender(name, command, check, environment=environment, prepare=prepare)


def with_store(job):
    """The manifest with a place for groups that do not fit a ledger."""
    place = setting.CACHE / "pod-store"
    place.mkdir(exist_ok=True)
    stored = job.with_name(f"{job.stem}-stored.yaml")
    spec = json.loads(job.read_text().split("spec:", 1)[1])
    head = job.read_text().split("spec:", 1)[0]
    stored.write_text(f"{head}spec:\n  {json.dumps({**spec, 'store': {'uri': str(place)}})}\n")
    return stored


def in_pods(job, same, scraper: Scraper, pods: Pods, collector: str, pairs: int) -> str:
    """A table of the worker of a pod: with nothing, with traces, and with all there is."""

    def traced(out: str) -> None:
        same(out)
        if Collector.requests == 0:
            sys.exit("WRONG: no spans were sent")
        Collector.requests = 0

    def all_seen(out: str) -> None:
        traced(out)
        scraper.check()

    spans = {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT": collector}
    port = ["--metrics-port", str(scraper.port)]
    peers = [
        worker("with traces", job, pods, traced, more=spans),
        worker("with metrics, JSON and traces", job, pods, all_seen, port, {**spans, "FILEJOB_LOG_JSON": "true"}),
    ]
    return compare(worker("a worker", job, pods, same), peers, pairs)


def case(pairs: int) -> str:
    """A table each for `stations` and `songs`, and for the worker of a pod."""
    scraper, pods, collector = Scraper(), Pods(), collect()
    tables = []
    for title, (file, job), result, same in (
        ("stations", aggregates.stations_job(aggregates.STATIONS), Groups(aggregates.OUT, aggregates.STATIONS), Groups.exact),
        ("songs", aggregates.songs_job(aggregates.SONGS), Lines(aggregates.OUT, aggregates.SONGS), lambda lines: lines.sorted),
    ):
        setting.warm(file)
        subject = filejob(job, result.filejob)
        tables.append(f"`{title}`:\n\n" + compare(subject, [observed(subject, scraper)], pairs))
        pod = in_pods(with_store(job), same(result), scraper, pods, collector, pairs)
        tables.append(f"`{title}`, the only worker of a pod:\n\n" + pod)
    return "\n\n".join(tables)
