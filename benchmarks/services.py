"""The cases of `filejob serve`: uploads, downloads, lists and jobs through its API, and its start and memory."""

import functools
import json
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

import setting
from measuring import Contender, figure, spread
from serving import BUCKET, FOLDER, KEYS, REGION, Service, build, empty, start, store, straight, with_store
from setting import SCALE

BYTES = max(10_000_000, int(500_000_000 * SCALE))
PRODUCTS = int(500_000 * SCALE)
JOBS = max(100, int(10_000 * SCALE))
IDLE_SECONDS = 10

# Creates a job and waits for its end by the stream of its changes, as a page does.
CLIENT = """
import json, sys, urllib.request
url, token, manifest = sys.argv[1:]
def request(path, data=None, **headers):
    headers = {"Authorization": f"Bearer {token}", **headers}
    return urllib.request.urlopen(urllib.request.Request(url + path, data, headers))
body = open(manifest, "rb").read()
job = json.load(request("/api/v1/jobs", body, **{"Content-Type": "application/yaml"}))
path = "/api/v1/jobs/" + job["metadata"]["name"]
for line in request(path + "/events"):
    if line.startswith(b"data: "):
        job = json.loads(line[6:])
print(json.dumps(job))
"""

# Sends one part of 8 MiB after the other, as the service does.
BOTO3 = """
import sys, boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
url, region, file, bucket = sys.argv[1:]
access = Config(s3={"addressing_style": "path"}, request_checksum_calculation="when_required")
client = boto3.client("s3", endpoint_url=url, region_name=region, config=access)
client.upload_file(file, bucket, "parts.csv", Config=TransferConfig(multipart_chunksize=8 << 20, use_threads=False))
"""

# Sends parts straight to the store, as a page does: several at once, each by curl.
PARTS = """
import json, subprocess, sys, urllib.request
from concurrent.futures import ThreadPoolExecutor
url, token, file, size = sys.argv[1:]
def request(path, body=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request(url + "/api/v1/multipart-uploads" + path, data, headers)))
def send(part):
    read = open(file, "rb")
    read.seek(part["offset"])
    sent = subprocess.run(
        ["curl", "-sS", "--fail", "-o", "/dev/null", "-w", "%header{etag}", "-X", "PUT", "--data-binary", "@-",
         "-H", "Content-Type:", part["url"]],
        input=read.read(part["bytes"]), stdout=subprocess.PIPE, check=True)
    return {"number": part["number"], "etag": sent.stdout.decode()}
page = request("", {"name": "products.csv", "bytes": int(size)})
path, parts = "/" + page["id"], page["parts"]
while "next" in page:
    page = request(f"{path}?after={page['next']}")
    parts += page["parts"]
with ThreadPoolExecutor(3) as threads:
    print(json.dumps(request(path + "/complete", {"parts": list(threads.map(send, parts))})))
"""


def file() -> Path:
    name = setting.products_file(BYTES)
    setting.warm(name)
    return name


def upload() -> tuple:
    content, service = file(), with_store()
    size = content.stat().st_size

    def is_stored(out: str) -> None:
        if json.loads(out)["bytes"] != size:
            sys.exit(f"WRONG: {out}, and not {size} bytes")

    ours = service.curl(f"/api/v1/files?name={content.name}", "-T", content, "-X", "POST")
    theirs = straight(f"/{BUCKET}/straight.csv", store(), "-T", content)
    direct = with_store(direct=True)
    parts = [sys.executable, "-c", PARTS, direct.url, direct.token, content, str(size)]
    peers = [Contender("the store", theirs), Contender("FileJob, parts to the store", parts, is_stored)]
    if python := setting.python_with("boto3-venv", "boto3"):
        parts = [python, "-c", BOTO3, store(), REGION, content, BUCKET]
        peers.append(Contender("the store, in parts by boto3", parts, environment=KEYS))
    return Contender("FileJob", ours, is_stored), peers


def job(input_and_operation: str, service: Service) -> dict:
    """Runs a job of the service to its end."""
    manifest = setting.manifest("service-job", input_and_operation)
    done = subprocess.check_output([sys.executable, "-c", CLIENT, service.url, service.token, manifest], text=True)
    return complete(done)


def complete(out: str) -> dict:
    ended = json.loads(out)
    if ended["status"]["phase"] != "Complete":
        sys.exit(f"WRONG: the job has not completed: {out}")
    return ended


def path_of_result(service: Service, name: str, content: Path) -> str:
    """The path of the result of a small job in the store, which is replaced by `content`."""
    small = FOLDER / "one.csv"
    small.write_text("a\n1\n")
    access = f"{{endpoint: '{store()}', region: {REGION}, pathStyle: true}}"
    ended = job(
        f"  input: {{files: ['{small}'], format: {{csv: {{}}}}}}\n"
        "  operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}\n"
        f"  output: {{uri: 's3://{BUCKET}/{name}'}}\n  s3: {access}\n",
        service,
    )
    subprocess.run(straight(f"/{BUCKET}/{name}", store(), "-T", content), check=True)
    return f"/api/v1/jobs/{ended['metadata']['name']}/result"


def download() -> tuple:
    """The result of a small job is replaced by a large object, since only its transport is measured."""
    content, service, direct = file(), with_store(), with_store(direct=True)
    path = path_of_result(service, "result.csv", content)
    path_of_direct = path_of_result(direct, "direct.csv", content)
    size = str(content.stat().st_size)

    def is_whole(out: str) -> None:
        if out.strip() != size:
            sys.exit(f"WRONG: {out.strip()} bytes instead of {size}")

    options = ["-o", "/dev/null", "-w", "%{size_download}"]
    ours = Contender("FileJob", service.curl(path, *options), is_whole)
    return ours, [
        Contender("the store", straight(f"/{BUCKET}/result.csv", store(), *options), is_whole),
        Contender("FileJob, --direct-downloads", direct.curl(path_of_direct, "-L", *options), is_whole),
    ]


def through_api() -> tuple:
    """A job of 75 MB (with BENCH_SCALE=1), counted by name into a file, with the start of its process."""
    build()
    service = start(empty(FOLDER / "jobs"))
    content = setting.rows_file("catalogue", PRODUCTS)
    setting.warm(content)
    task = (
        f"  workers: {setting.WORKERS}\n  input: {{files: ['{content}'], format: {{csv: {{}}}}}}\n"
        "  operation: {aggregate: {groupBy: [name], measures: [{function: count, as: n}]}}\n"
    )
    ours = setting.manifest("service-products", task + "  output: {uri: totals.csv}\n")
    out = FOLDER / "totals.csv"
    theirs = setting.manifest("service-products-run", task + f"  output: {{uri: '{out}'}}\n")
    digests = set()

    def same(printed: str) -> None:
        digests.add(complete(printed)["status"]["result"]["digest"])
        if len(digests) > 1:
            sys.exit(f"WRONG: the results have the digests {digests}")

    client = [sys.executable, "-c", CLIENT, service.url, service.token, ours]
    run = [setting.ROOT / "filejob", "run", theirs, "-q", "-o", "json"]
    return Contender("through the API", client, same), [
        Contender("filejob run", run, same, prepare=lambda: out.unlink(missing_ok=True))
    ]


@functools.cache
def many_jobs() -> Path:
    """A data folder with many complete jobs, which have the files of a real one; made for each run."""
    build()
    folder = empty(FOLDER / "many")
    service = start(folder)
    task = "  input: {generate: {files: 1, entriesPerFile: 10}}\n  operation: {average: {}}\n"
    name = job(task, service)["metadata"]["name"]
    service.stop()
    real = folder / "jobs" / name
    for number in range(JOBS - 1):
        copy_job(real, name, number)
    return folder


def copy_job(real: Path, name: str, number: int) -> None:
    other = f"average-{number:06}"
    created = f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.{number:06}Z"
    target = real.parent / other
    target.mkdir()
    for file_name in ("job.json", "status.json", "summary.json"):
        tree = json.loads((real / file_name).read_text())
        if file_name == "summary.json":
            tree["created"] = created
            tree["ttlSeconds"] = 1 << 30
        else:
            tree["metadata"].update(name=other, uid=str(uuid.uuid4()), creationTimestamp=created)
        (target / file_name).write_text(json.dumps(tree))


def jobs_list(pairs: int) -> str:
    """The first page of many jobs: as JSON, as a web page, and with a filter that finds nothing."""
    service = start(many_jobs())
    paths = {
        "`GET /api/v1/jobs`": "/api/v1/jobs",
        "the page of jobs": "/jobs",
        "`GET /api/v1/jobs?text=none`": "/api/v1/jobs?text=none",
    }
    table = ["| | first request, ms | further ones, ms |", "|---|---|---|"]
    for name, path in paths.items():
        times = []
        for _ in range(10 * pairs + 1):
            begun = time.monotonic()
            service.get(path)
            times.append(1000 * (time.monotonic() - begun))
        table.append(f"| {name} | {figure(times[0])} | {spread(times[1:])} |")
    found = json.loads(service.get("/api/v1/jobs?limit=500"))
    if len(found["items"]) != min(JOBS, 500):
        sys.exit(f"WRONG: {len(found['items'])} jobs on a page of 500")
    service.stop()
    return "\n".join(table)


def starts(pairs: int) -> str:
    """The time from the command to the line with the URL, and to the first page; memory when idle and after some pages."""
    build()
    table = ["| jobs | ready after s | first page after s | idle, RSS MB | after 100 pages, RSS MB |", "|---|---|---|---|---|"]
    for jobs, folder in ((0, empty(FOLDER / "none")), (JOBS, many_jobs())):
        ready, page, idle, used = [], [], [], []
        for _ in range(pairs):
            begun = time.monotonic()
            service = start(folder)
            ready.append(time.monotonic() - begun)
            service.get("/jobs")
            page.append(time.monotonic() - begun)
            time.sleep(IDLE_SECONDS)
            idle.append(service.rss())
            for _ in range(100):
                service.get("/jobs")
            used.append(service.rss())
            service.stop()
        memory = f"{statistics.median(idle):.0f} | {statistics.median(used):.0f}"
        table.append(f"| {jobs:,} | {spread(ready)} | {spread(page)} | {memory} |")
    return "\n".join(table)
