#!/usr/bin/env python3
"""Prints how well a program finds reported speech, by word: python3 labeled/readings/measure.py [MIZAN]

MIZAN is the program (target/release/mizan). What `mizan explain --format json` lists as `reported` is compared
with the settled marks of both halves; figures only, no text. Standard library only.
"""
import json
import subprocess
import sys
import tempfile

from settle import WORD, load, whole, zones


def measure(program, half):
    texts, settled = load(f"texts-{half}.jsonl"), load(f"settled-{half}.jsonl")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in texts.values():
            article = {key: row[key] for key in ("id", "title", "text") if row.get(key)}
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
        file.flush()
        command = [program, "explain", "--format", "json", file.name]
        lines = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    read = {row["id"]: row for row in map(json.loads, lines)}
    right = found = marked = 0
    for name, row in texts.items():
        text, weighed = whole(row), read[name]["text"]
        words = [match.span() for match in WORD.finditer(text)]
        gold = [zone == "reported" for zone in zones(text, settled[name], words)]
        # The program gives bytes of the text that it weighs, which has the same words.
        said = []
        for match in WORD.finditer(weighed):
            start, end = (len(weighed[:place].encode()) for place in match.span())
            said.append(any(start < last and end > first for first, last in read[name]["reported"]))
        if len(said) != len(gold):
            sys.exit(f"{name}: the program weighs other words than the text has")
        right += sum(x and y for x, y in zip(gold, said))
        found, marked = found + sum(said), marked + sum(gold)
    precision, recall = right / found, right / marked
    f1 = 2 * right / (found + marked)
    print(f"{half}: reported speech, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


if __name__ == "__main__":
    for half in ("train", "test"):
        measure(sys.argv[1] if len(sys.argv) > 1 else "target/release/mizan", half)
