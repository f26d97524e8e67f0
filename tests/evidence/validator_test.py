"""What `pantau verify` and an independent validator say of our bags: whole ones are valid, changed
ones are not.

The validator comes from PyPI into a virtual environment, by requirements.txt with its hash. Says that it
skips (status 77) where PyPI cannot be reached.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def install(folder: pathlib.Path) -> pathlib.Path:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
           "--only-binary", ":all:", "--disable-pip-version-check", "--timeout", "20", "--retries", "1"]
    if subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=False).returncode != 0:
        print("skipped: the validator cannot be installed from PyPI")
        sys.exit(SKIPPED)
    return python


def is_valid(python: pathlib.Path, bag: pathlib.Path) -> bool:
    ran = subprocess.run([python, "-m", "bagit", "--validate", bag], capture_output=True, text=True)
    said = ran.stdout + ran.stderr
    assert ("is valid" in said) == (ran.returncode == 0), said
    return ran.returncode == 0


def verify_by_program(program: str, bag: pathlib.Path) -> None:
    def verify(*arguments: object) -> tuple[int, str]:
        ran = subprocess.run([program, "verify", *arguments], capture_output=True, text=True)
        return ran.returncode, ran.stdout

    assert verify(bag) == (0, ""), verify(bag)
    assert verify(bag, "--require-signature")[0] == 1
    assert verify(bag, "--require-timestamp")[0] == 1
    assert verify(bag / "nowhere")[0] == 4
    assert verify()[0] == 2
    decisions = bag / "data" / "decisions.json"
    before = decisions.read_bytes()
    decisions.unlink()
    status, said = verify(bag)
    assert status == 1 and "data/decisions.json: is missing" in said, (status, said)
    decisions.write_bytes(before)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--writer", required=True, help="pantau_write_bag")
    parser.add_argument("--program", required=True, help="pantau")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([arguments.writer, folder / "bags"], check=True)
        bags = sorted((folder / "bags").iterdir())
        assert len(bags) == 2, bags
        for bag in bags:
            verify_by_program(arguments.program, bag)
        python = install(folder / "venv")
        for bag in bags:
            assert is_valid(python, bag), bag
            for path in ("data/case.json", "data/log/custody.jsonl", "bag-info.txt", "verify.sh"):
                changed = bag / path
                before = changed.read_bytes()
                changed.write_bytes(before[:-2] + bytes([before[-2] ^ 1]) + before[-1:])
                assert not is_valid(python, bag), f"{changed} was changed, and nobody noticed"
                changed.write_bytes(before)
            extra = bag / "data" / "extra"
            extra.write_text("one more")
            assert not is_valid(python, bag), "a file too many"
            extra.unlink()
            assert is_valid(python, bag)
    print("bagit: 2 bags valid, 10 changes found")


if __name__ == "__main__":
    main()
