#!/usr/bin/env python3
"""`pantau export` from end to end: a sweep, two people's decisions over HTTP, a case, its bag, its check.

Everything is made up and on loopback. Run by ctest: export_test.py --program PANTAU
"""
import argparse
import hashlib
import http.server
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

from serve_test import SAMPLE, Browser, Served


def run(*command, expect=0, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert done.returncode == expect, (command, done.returncode, done.stdout, done.stderr)
    return done


def decide(served):
    """Has the first item of the queue proposed and confirmed, which opens a case; its number."""
    analyst = Browser(served).sign_in("analis")
    item = analyst.waiting(1)[0]
    fence = claim(analyst, item)
    status, answer = analyst.post(f"/items/{item}/decide", {"fence": fence, "action": "propose", "note": "contoh"})
    assert status == 200, answer
    reviewer = Browser(served).sign_in("penelaah")
    fence = claim(reviewer, item)
    status, answer = reviewer.post(f"/items/{item}/decide", {"fence": fence, "action": "confirm", "note": "contoh"})
    assert status == 200, answer
    status, answer = Browser(served).sign_in("perkara").get("/cases")
    assert status == 200 and len(answer["rows"]) == 1, answer
    return answer["rows"][0]["number"]


def claim(browser, item):
    status, answer = browser.post(f"/items/{item}/claim")
    assert status == 200, answer
    return answer["fence"]


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file()}


class Authority(http.server.ThreadingHTTPServer):
    """A time stamping authority: `openssl ts` behind HTTP. `fails`: so many times it says 503 first."""

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Stamping)
        self.folder, self.fails, self.asked = folder / "tsa", 0, 0
        self.folder.mkdir()
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Stempel Contoh", "-days", "30",
            "-addext", "keyUsage=critical,digitalSignature", "-addext", "extendedKeyUsage=critical,timeStamping",
            "-keyout", self.folder / "tsa.key", "-out", self.folder / "tsa.pem")
        (self.folder / "serial").write_text("01\n")
        (self.folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa = made_up\n[made_up]\nserial = ./serial\nsigner_cert = ./tsa.pem\nsigner_key = ./tsa.key\n"
            "signer_digest = sha256\ndefault_policy = 1.2.3.4.1\nother_policies = 1.2.3.4.5\ndigests = sha256\n"
            "accuracy = secs:1\nordering = yes\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n")
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def settings(self):
        return (f'timestamp_url = "http://127.0.0.1:{self.server_port}/tsr"\ntimestamp_server = "127.0.0.1:{self.server_port}"\n'
                f'timestamp_ca = "{self.folder / "tsa.pem"}"\n')


class Stamping(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        tsa = self.server
        query = self.rfile.read(int(self.headers["Content-Length"]))
        tsa.asked += 1
        assert self.headers["Content-Type"] == "application/timestamp-query" and len(query) < 200, "a hash, no more"
        if tsa.fails > 0:
            tsa.fails -= 1
            return self.send_error(503)
        (tsa.folder / "query.tsq").write_bytes(query)
        run("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr", cwd=tsa.folder)
        reply = (tsa.folder / "reply.tsr").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        return self.wfile.write(reply)

    def log_message(self, *_):
        pass


def make_key(folder):
    """A key and its certificate, and a sweep's file that signs with them."""
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Bawaslu Contoh", "-days", "30",
        "-addext", "keyUsage=critical,digitalSignature", "-keyout", folder / "key.pem", "-out", folder / "signer.pem")
    (folder / "key.pem").chmod(0o600)
    rules = SAMPLE.parent.parent / "rules"
    text = (SAMPLE / "sweep.toml").read_text().replace("../../rules", str(rules))
    for name in ("contests.toml", "roster.csv", "campaign.csv"):
        text = text.replace(f'"{name}"', f'"{SAMPLE / name}"')
    sweep = folder / "sweep.toml"
    sweep.write_text(text + '\n[evidence]\norganisation = "Bawaslu Kabupaten Contoh"\nplace = "Contoh"\n'
                     'key = "key.pem"\ncertificate = "signer.pem"\n')
    return sweep


def check_whole(program, bag, *options):
    run(program, "verify", bag, *options)
    run("sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt", cwd=bag)


def change_one_byte(program, bag):
    """Each file in turn has a byte changed: `pantau verify` names it."""
    for path in sorted(path for path in bag.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:])
        told = run(program, "verify", bag, expect=1).stdout
        assert path.relative_to(bag).as_posix() in told or path.name.startswith(("tagmanifest", "manifest")), (path, told)
        path.write_bytes(whole)
    check_whole(program, bag)


def export_on_the_command_line(program, folder, number):
    queue = f"sqlite:{folder / 'queue.sqlite'}"
    sweep = make_key(folder)
    for options, name in ((["--sealed"], number), ([], f"{number}-salinan")):
        bags = []
        for place in ("first", "second"):
            told = run(program, "export", number, "-o", folder / place, "--queue", queue, sweep, *options).stdout
            bags.append(folder / place / name)
            assert told == f"{bags[-1]}\n", told
            check_whole(program, bags[-1], "--ca", folder / "signer.pem", "--require-signature")
        assert files_of(bags[0]) == files_of(bags[1]), "the same case gives the same bytes"
        run(program, "export", number, "-o", folder / "first", "--queue", queue, sweep, *options, expect=2)
        change_one_byte(program, bags[0])

    whole, copy = (json.loads((folder / "first" / name / "data/case.json").read_text())
                   for name in (number, f"{number}-salinan"))
    assert whole["subject"]["name"] and whole["subject"]["name"] != copy["subject"]["name"]
    everything = b"".join(files_of(folder / "first" / f"{number}-salinan").values())
    for secret in (whole["subject"]["name"], whole["subject"]["nip"], whole["items"][0]["key"]):
        assert secret.encode() not in everything, f"{secret!r} stands in the copy"
    assert whole["candidate"]["candidate_name"] and whole["rules"] and whole["program"].startswith("pantau ")
    assert whole["office"]["organisation"] == "Bawaslu Kabupaten Contoh"
    why = json.loads((folder / "first" / number / "data/explanations/0001.json").read_text())["rules"][0]
    assert why["title_id"] and why["level"] and why["link"], why

    # As the contract has it, where the sweep's file lies; and with nothing but a queue.
    run(program, "export", number, "-o", "third", "--queue", queue, cwd=folder)
    assert files_of(folder / "third" / f"{number}-salinan") == files_of(folder / "first" / f"{number}-salinan")
    (folder / "elsewhere").mkdir()
    run(program, "export", number, "-o", "bag", "--queue", queue, cwd=folder / "elsewhere")
    check_whole(program, folder / "elsewhere" / "bag" / f"{number}-salinan")
    return queue


def stamp(program, folder, number, queue):
    """With an authority bags are stamped; without its answer there is none."""
    tsa = Authority(folder)
    sweep = folder / "stamped.toml"
    sweep.write_text((folder / "sweep.toml").read_text() + tsa.settings())
    tsa.fails = 2
    run(program, "export", number, "-o", folder / "stamped", "--queue", queue, sweep, "--sealed")
    assert tsa.asked == 3, tsa.asked
    bag = folder / "stamped" / number
    check_whole(program, bag, "--ca", folder / "signer.pem", "--tsa-ca", tsa.folder / "tsa.pem", "--require-signature",
                "--require-timestamp")
    run("openssl", "ts", "-verify", "-data", "tagmanifest-sha256.txt", "-in", "tagmanifest-sha256.txt.tsr",
        "-CAfile", "certs/tsa-ca.pem", cwd=bag)
    run("sh", "verify.sh", cwd=bag)
    change_one_byte(program, bag)
    tsa.fails = 100
    told = run(program, "export", number, "-o", folder / "unstamped", "--queue", queue, sweep, expect=4).stderr
    assert "/tsr: its answer has status 503" in told, told
    assert not (folder / "unstamped" / f"{number}-salinan").exists()
    tsa.shutdown()


def refuse_what_cannot_be(program, folder, number, queue):
    nowhere = f"sqlite:{folder / 'nowhere.sqlite'}"
    for arguments in ([number, "-o", folder / "x"], [number, "-o", folder / "x", "--queue", nowhere],
                      ["case-2024-999999", "-o", folder / "x", "--queue", queue], [number, "--queue", queue]):
        run(program, "export", *arguments, expect=2, cwd=folder / "elsewhere")
    assert not (folder / "x").exists() and not (folder / "nowhere.sqlite").exists()
    (folder / "key.pem").chmod(0o644)
    told = run(program, "export", number, "-o", folder / "x", "--queue", queue, expect=2, cwd=folder).stderr
    assert "others may read this key" in told and not (folder / "x").exists(), told


def check_audit(folder, number, sealed, copies):
    with sqlite3.connect(folder / "queue.sqlite") as file:
        rows = file.execute("SELECT action, staff, detail FROM audit WHERE action IN ('export_case', 'make_bag')"
                            " ORDER BY seq").fetchall()
    made = [json.loads(detail) for action, staff, detail in rows if action == "make_bag" and staff == 0]
    assert [row["kind"] for row in made].count("sealed") == sealed, made
    assert [row["kind"] for row in made].count("copy") == copies, made
    manifest = (folder / "third" / f"{number}-salinan" / "tagmanifest-sha256.txt").read_bytes()
    assert made[-2]["tagmanifest_sha256"] == hashlib.sha256(manifest).hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=pathlib.Path)
    program = parser.parse_args().program.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pantau-export-"))
    served = Served(program, folder)
    try:
        served.sweep()
        served.start()
        number = decide(served)
        queue = export_on_the_command_line(program, folder, number)
        check_audit(folder, number, sealed=2, copies=4)
        stamp(program, folder, number, queue)
        refuse_what_cannot_be(program, folder, number, queue)
        status, check = Browser(served).sign_in("auditor").get("/audit/check")
        assert status == 200 and check["ok"], check
        assert served.stop(signal.SIGTERM) == 0
    finally:
        if served.process and served.process.poll() is None:
            served.process.kill()
        shutil.rmtree(folder)
    print("export: ok")


if __name__ == "__main__":
    sys.exit(main())
