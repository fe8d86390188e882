"""The cases of `operation.aggregate`: each gives FileJob's contender and those it is compared with."""

import json
from dataclasses import replace

import setting
from contenders import duckdb, filejob, polars, scans
from results import ROUNDING, Groups, Lines
from setting import LARGE, SCALE

STATIONS, QUOTED, SONGS = (int(SCALE * rows) for rows in (100_000_000, 20_000_000, 20_000_000))
PRODUCTS, TINY = int(SCALE * 500_000), int(SCALE * 100_000)
OUT = setting.CACHE / "out.csv"
CSV = {"csv": {}}
QUOTES = "header=true, delim=',', quote='\"', escape='\"'"
# What a run gets that must stay below so many MB of memory: a worker's bound, and the heap of the process.
TIGHT = {512: ("64Mi", "-Xmx256m"), 256: ("16Mi", "-Xmx96m")}


def job(name: str, files, layout: dict, group_by: list, *measures, memory=None):
    """measures: (function, column), or a dictionary"""
    named = [m if isinstance(m, dict) else dict(zip(("function", "column"), m)) for m in measures]
    spec = {
        "input": {"files": [str(files)], "format": layout},
        "operation": {"aggregate": {"groupBy": group_by, "measures": named}},
        "output": {"uri": str(OUT)},
    }
    if memory:
        spec["memory"] = memory
    return setting.manifest(name, f"  {json.dumps(spec)}\n")


def copy(select: str) -> str:
    return f"COPY ({select}) TO '{OUT}' (HEADER, DELIMITER ',')"


def variants(subject, make, result_of, rows: int) -> list:
    """One worker and, if asked for, ten times the file. make: of rows, their file and job."""
    one = replace(filejob(make(rows)[1], subject.check, workers=1), name="FileJob, W=1")
    if not LARGE:
        return [one]
    file, large = make(10 * rows)
    setting.warm(file)
    return [one, replace(filejob(large, result_of(OUT, 10 * rows).filejob), name="FileJob, ten times the file")]


def stations_job(rows: int):
    file = setting.rows_file("stations", rows)
    layout = {"csv": {"delimiter": ";", "quote": "", "header": False, "columns": ["station", "temperature"]}}
    measures = [(function, "temperature") for function in ("min", "avg", "max")]
    return file, job(f"stations-{rows}", file, layout, ["station"], *measures)


def profile():
    """The first table, recorded and not."""
    file, by_station = stations_job(STATIONS)
    setting.warm(file)
    subject = filejob(by_station, Groups(OUT, STATIONS).filejob)
    page = OUT.with_suffix(".html")
    return subject, [replace(subject, name="FileJob, --profile", command=[*subject.command, "--profile", str(page)])]


def stations():
    file, by_station = stations_job(STATIONS)
    setting.warm(file)
    result = Groups(OUT, STATIONS)
    subject = filejob(by_station, result.filejob)
    told = "columns={'station': 'VARCHAR', 'x': 'DECIMAL(4,1)'}, auto_detect=false"
    plain = f"'{file}', header=false, delim=';', quote=''"
    peers = duckdb(
        "DuckDB, DECIMAL",
        copy(f"SELECT station, min(x), sum(x), count(*), max(x) FROM read_csv({plain}, {told}) GROUP BY station"),
        result.exact(lambda n: (n[0], ROUNDING.divide(n[1], n[2]), n[3])),
    )
    peers += duckdb(
        "DuckDB, default types",
        copy(f"SELECT s, min(x), avg(x), max(x) FROM read_csv({plain}, names=['s', 'x']) GROUP BY s"),
        result.about,
    )
    peers += polars(
        "Polars, streaming",
        "pl.scan_csv(file, separator=';', quote_char=None, has_header=False, new_columns=['s', 'x']).group_by('s')"
        ".agg(min=pl.col('x').min(), avg=pl.col('x').mean(), max=pl.col('x').max())",
        result.about,
        file,
        OUT,
    )
    return subject, variants(subject, stations_job, Groups, STATIONS) + scans(file) + peers


def quoted_job(rows: int):
    file = setting.rows_file("quoted", rows)
    measures = [(function, "amount") for function in ("count", "sum", "min", "max")]
    return file, job(f"quoted-{rows}", file, CSV, ["shop"], *measures)


def quoted():
    file, by_shop = quoted_job(QUOTED)
    setting.warm(file)
    result = Groups(OUT, QUOTED)
    subject = filejob(by_shop, result.filejob)
    told = (
        "columns={'order': 'BIGINT', 'shop': 'VARCHAR', 'remark': 'VARCHAR', 'amount': 'DECIMAL(18,2)'}"
        ", auto_detect=false"
    )

    def by_key(options: str) -> str:
        source = f"read_csv('{file}', {QUOTES}, {options})"
        return copy(f"SELECT shop, count(amount), sum(amount), min(amount), max(amount) FROM {source} GROUP BY shop")

    peers = duckdb("DuckDB, DECIMAL", by_key(told), result.exact())
    peers += duckdb("DuckDB, default types", by_key("auto_detect=true"), result.about)
    peers += polars(
        "Polars, streaming",
        "x = pl.col('amount')\n"
        "pl.scan_csv(file).group_by('shop').agg(count=x.count(), sum=x.sum(), min=x.min(), max=x.max())",
        result.about,
        file,
        OUT,
    )
    return subject, variants(subject, quoted_job, Groups, QUOTED) + scans(file) + peers


def songs_job(rows: int, memory=None):
    file = setting.rows_file("songs", rows)
    total = {"function": "sum", "column": "Number of Plays", "as": "Total Number of Plays for Date"}
    name = f"songs-{rows}-in-{memory or 'default'}".lower()
    return file, job(name, file, CSV, ["Song", "Date"], total, memory=memory)


def songs():
    file, by_song_and_date = songs_job(SONGS)
    setting.warm(file)
    result = Lines(OUT, SONGS)
    subject = filejob(by_song_and_date, result.filejob)
    others = variants(subject, songs_job, Lines, SONGS)
    for megabytes, (memory, heap) in TIGHT.items():
        tight = filejob(songs_job(SONGS, memory)[1], result.filejob)
        others.append(
            replace(tight, name=f"FileJob, for {megabytes} MB", environment={"FILEJOB_JAVA_OPTS": heap})
        )
    total = '"Total Number of Plays for Date"'
    select = f'SELECT Song, Date, sum("Number of Plays") AS {total} FROM read_csv(\'{file}\', {QUOTES}) GROUP BY ALL'
    others += duckdb("DuckDB", copy(select), result.unsorted)
    others += duckdb("DuckDB, memory_limit 1 GB", copy(select), result.unsorted, {"memory_limit": "1GB"})
    others += duckdb("DuckDB, sorted", copy(f"{select} ORDER BY Song, Date"), result.sorted)
    lazy = f"pl.scan_csv(file).group_by('Song', 'Date').agg(pl.col('Number of Plays').sum().alias('{total[1:-1]}'))"
    others += polars("Polars, streaming", lazy, result.unsorted, file, OUT)
    others += polars("Polars, streaming, sorted", lazy + ".sort('Song', 'Date')", result.sorted, file, OUT)
    return subject, others + scans(file)


def products():
    file = setting.rows_file("catalogue", PRODUCTS)
    setting.warm(file)
    result = Lines(OUT, PRODUCTS)
    count = {"function": "count", "as": "no_of_products"}
    subject = filejob(job("products", file, CSV, ["name"], count), result.filejob)
    lazy = "pl.scan_csv(file).group_by('name').agg(no_of_products=pl.len())"
    peers = polars("Polars, streaming", lazy, result.unsorted, file, OUT)
    peers += duckdb(
        "DuckDB",
        copy(f"SELECT name, count(*) AS no_of_products FROM read_csv('{file}', {QUOTES}) GROUP BY name"),
        result.unsorted,
    )
    return subject, peers + scans(file)


def tiny():
    folder = setting.tiny_files(TINY)
    for file in folder.iterdir():
        setting.warm(file)
    result = Groups(OUT, sum(file % 4 + 1 for file in range(TINY)))
    subject = filejob(
        job("tiny", folder / "*.csv", CSV, ["Song"], ("sum", "Number of Plays")), result.filejob
    )
    source = f"read_csv('{folder}/*.csv', {QUOTES})"
    peers = duckdb(
        "DuckDB", copy(f'SELECT Song, sum("Number of Plays") FROM {source} GROUP BY Song'), result.exact()
    )
    peers += polars(
        "Polars, streaming",
        "pl.scan_csv(file).group_by('Song').agg(pl.col('Number of Plays').sum())",
        result.exact(),
        folder / "*.csv",
        OUT,
    )
    return subject, peers


def empty():
    file = setting.CACHE / "empty.csv"
    file.write_text("Song,Date,Number of Plays\n")
    result = Lines(OUT, 0)
    total = {"function": "sum", "column": "Number of Plays", "as": "Total"}
    subject = filejob(job("empty", file, CSV, ["Song"], total), result.filejob)
    source = f"read_csv('{file}', {QUOTES}, columns={{'Song': 'VARCHAR', 'Date': 'DATE', 'x': 'BIGINT'}})"
    peers = duckdb("DuckDB", copy(f"SELECT Song, sum(x) AS Total FROM {source} GROUP BY Song"), result.sorted)
    peers += polars(
        "Polars, streaming",
        "pl.scan_csv(file, schema_overrides={'Number of Plays': pl.Int64}).group_by('Song')"
        ".agg(Total=pl.col('Number of Plays').sum())",
        result.sorted,
        file,
        OUT,
    )
    return subject, peers
