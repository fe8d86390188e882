"""Extends Schemathesis: bounds what generated jobs take, and sends bodies of resumable uploads."""

import schemathesis

MAX_WORKERS = 2


@schemathesis.hook
def map_body(context, body):
    """Suspends generated jobs, so that they neither read nor write files, and gives them few workers."""
    spec = body.get("spec") if isinstance(body, dict) else None
    if isinstance(spec, dict):
        spec["suspend"] = True
        workers = spec.get("workers")
        if isinstance(workers, (int, float)) and workers > MAX_WORKERS:
            spec["workers"] = MAX_WORKERS
    return body


@schemathesis.hook
def filter_case(context, case):
    """Drops cases that expect a refusal of what is ignored: unknown headers, and the status of a new job."""
    has_status = isinstance(case.body, dict) and "status" in case.body
    return "x-schemathesis-unknown-property" not in (case.headers or {}) and not has_status


@schemathesis.serializer("application/offset+octet-stream")
def part_of_upload(context, value):
    """Returns the bytes of a part of an upload."""
    return value if isinstance(value, bytes) else str(value).encode()
