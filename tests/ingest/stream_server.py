#!/usr/bin/env python3
"""What websocketd runs for each connection to the made-up stream of stream_test.py: prints events, a
line each, from the position asked for, and then those that are added. As rude as real servers are:
it ends in the middle, says nonsense, or goes on without a word.

    stream_server.py EVENTS STATE      (QUERY_STRING from websocketd)
"""

import json
import os
import random
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs

CHUNK = 40
PAUSE_S = 0.01
STAYS = "stays"  # as STATE: no rudeness any more


def say(text: bytes) -> None:
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def be_rude(dice: random.Random) -> None:
    match dice.randrange(5):
        case 0:
            say(b'{"did":"did:plc:asn0aaaaaaaaaaaaaaaaaaaa","time_us":173\n')
        case 1:
            say(b"\xff\xfe is no text\n")
        case 2:
            say(b'{"$type":"error","error":"ConsumerTooSlow"}\n')
        case 3:
            time.sleep(600)  # silent, but there
        case _:
            pass
    sys.exit(1)


def main() -> None:
    events, state = Path(sys.argv[1]), Path(sys.argv[2])
    query = parse_qs(os.environ.get("QUERY_STRING", ""))
    position = int(query.get("cursor", ["0"])[0])
    dice = random.Random(os.getpid())
    last = dice.randrange(200, 1500) if state.read_text() != STAYS else None
    said = 0
    with events.open() as file:
        while True:
            line = file.readline()
            if not line:
                time.sleep(0.05)
                continue
            if json.loads(line)["time_us"] < position:
                continue
            say(line.encode())
            said += 1
            if said == last:
                be_rude(dice)
            if said % CHUNK == 0:
                time.sleep(PAUSE_S)


main()
