#!/usr/bin/env python3
"""Whether the comparison compares: over a tiny archive the Python contender finds what Pantau
finds, and the judge sees what is missing, too much, or only there in disguise. Run by ctest:

    smoke_test.py PATH_OF_PANTAU_CORPUS PATH_OF_PANTAU
"""

import dataclasses
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import contenders
import judge
import prepare
import reference
from measure import run

PATTERNS = 40
CORPUS_PROGRAM, PANTAU_PROGRAM = (Path(name) for name in sys.argv[1:3])
PYTHON = next(one for one in contenders.WITH_LISTS if one.name == "python")
PANTAU = next(one for one in contenders.WITH_LISTS if one.name == "pantau-csv")


def make_setting(work):
    corpus = work / "corpus"
    subprocess.run([CORPUS_PROGRAM, "--mix", "wall", "--records", "4000", "--roster", "3000",
                    "--patterns", "200", "--out", corpus], check=True)
    prepare.write_patterns(corpus, work / "prepared", PATTERNS)
    prepare.write_texts(corpus / "records.ndjson", work / "texts")
    scratch = work / "scratch"
    scratch.mkdir()
    return contenders.Setting(
        pantau=PANTAU_PROGRAM, tools=work, corpus=corpus, prepared=work / "prepared",
        records=corpus / "records.ndjson", texts=work / "texts", kept_lists=work,
        scratch=scratch, threads=2)


class Smoke(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.setting = make_setting(Path(cls.folder.name))
        cls.pantau = cls.answer(PANTAU)
        cls.judge = judge.Judge("flags", cls.setting)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def answer(cls, contender):
        command = [str(part) for part in contender.command(cls.setting)]
        command[0] = sys.executable if contender.program == "python" else command[0]
        one = run(command, cls.setting.scratch, limit_s=300)
        assert not one.failure, one.failure
        assert one.wall_s > 0 and one.cpu_s > 0
        return contender.answer(cls.setting)

    def test_python_and_pantau_agree(self):
        self.assertGreater(len(self.pantau), 5)
        self.assertEqual(self.answer(PYTHON), self.pantau)

    def test_texts_alone_hold_more_than_flags(self):
        texts = self.answer(dataclasses.replace(PYTHON, job="texts"))
        self.assertLess(self.pantau, texts)

    def test_lines_of_texts_are_their_keys(self):
        texts = (self.setting.texts / "texts.txt").read_text(encoding="utf-8").splitlines()
        keys = (self.setting.texts / "texts.keys").read_text(encoding="utf-8").splitlines()
        self.assertEqual(set(keys), judge.keys_of(self.setting.records))
        self.assertEqual(len(texts), len(keys))

    def test_judge_sees_what_is_missing_and_too_much(self):
        strange = judge.keys_of(self.setting.records) - self.pantau
        lost, invented = min(self.pantau), min(strange)
        wrong = self.pantau - {lost} | {invented, "x/post/none"}
        right, disguised = judge.truth_of(self.pantau, wrong, self.judge)
        self.assertEqual((right, disguised), (self.pantau, set()))
        verdict = judge.verdict_on(wrong, right, disguised)
        self.assertEqual((verdict.missing, verdict.extra), (1, 2))
        self.assertTrue(judge.verdict_on(self.pantau, right, disguised).is_right())
        self.assertEqual(judge.check_sample({"wrong": wrong}, right, disguised, self.judge), [])
        self.assertEqual(judge.check_sample({"right": right}, right - {lost}, disguised, self.judge),
                         [lost])

    def test_judge_knows_a_disguise(self):
        texts = reference.Texts([r"\bdukung\W+menang\b"])
        for text, how in (("Dukung, menang!", "right"), ("duukuung menang", "disguised"),
                          ("D U K U N G menang", "disguised"), ("dukun9 saja", "wrong")):
            record = {"kind": "post", "text": text}
            self.assertEqual(self.judge.decide_one(record, texts, None), how, text)

    def test_pack_has_one_rule_with_every_pattern(self):
        pack = (self.setting.prepared / "rules.toml").read_text(encoding="utf-8")
        self.assertEqual(pack.count("[[pattern]]"), PATTERNS)
        self.assertEqual(pack.count("[[rule]]"), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
