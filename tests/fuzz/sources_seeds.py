#!/usr/bin/env python3
"""Seeds of fuzz_sources, from the golden exchanges: sources_seeds.py FIXTURES_FOLDER OUT_FOLDER"""

import json
import sys
from pathlib import Path

# As in fuzz_sources.cc.
STATUSES = [200, 400, 401, 403, 404, 410, 429, 500, 501, 503, 101]
SOURCES = {"bluesky accounts": 0, "bluesky campaign": 1, "mastodon": 2, "youtube": 3, "bluesky stream": 4}


def source_of(toml: str) -> int:
    return next(number for name, number in SOURCES.items() if all(word in toml for word in name.split()))


def main() -> None:
    fixtures, out = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(fixtures.glob("*/*.in")):
        head, *answers = map(json.loads, path.read_text().splitlines())
        if not answers:
            continue
        texts = []
        for answer in answers:
            body = json.dumps(answer["body"], ensure_ascii=False) if "body" in answer else answer.get("text", "")
            for message in answer.get("messages", []):
                body += "\x1e" + (message if isinstance(message, str) else json.dumps(message)) + "\n"
            status = answer["status"] if answer["status"] in STATUSES else 500
            texts.append(bytes([STATUSES.index(status)]) + body.encode())
        # Separators must not be taken for statuses 400 and 401, which are a byte modulo their count.
        texts = [bytes([text[0] + len(STATUSES)]) + text[1:] for text in texts]
        seed = bytes([source_of(head["source"])]) + b"\x02".join(texts)
        (out / f"{path.parent.name}-{path.stem}").write_bytes(seed)


main()
