"""Writes the sample's files: tables as CSV, records as compressed lines."""

import bz2
import csv
import gzip
import io
import subprocess

# Each file of records, and the platforms in it.
FILES = {
    "instagram.ndjson.gz": ["instagram"],
    "facebook.ndjson.zst": ["facebook"],
    "x.ndjson.bz2": ["x"],
    "tiktok.ndjson": ["tiktok"],
    "bluesky.ndjson.gz": ["bluesky"],
    "others.ndjson.zst": ["youtube", "mastodon", "telegram"],
}


def compressed(name, content):
    if name.endswith(".gz"):
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as file:
            file.write(content)
        return buffer.getvalue()
    if name.endswith(".bz2"):
        return bz2.compress(content)
    if name.endswith(".zst"):
        return subprocess.run(["zstd", "-19", "-q", "-c"], input=content, capture_output=True,
                              check=True).stdout
    return content


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)  # ends lines with CRLF, as RFC 4180 has it
        writer.writeheader()
        writer.writerows(rows)


def write_records(folder, lines):
    folder.mkdir(parents=True, exist_ok=True)
    for name, platforms in FILES.items():
        content = b"".join(line + b"\n" for platform in platforms for line in lines[platform])
        (folder / name).write_bytes(compressed(name, content))
