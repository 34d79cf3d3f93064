#!/usr/bin/env python3
"""Makes settled-HALF.jsonl of both readers' marks and the decisions.

    python3 labeled/readings/settle.py            writes both halves, prints the readers' agreement
    python3 labeled/readings/settle.py --check    writes nothing; exit code 1 if a file would change

Where the readers agree, their mark stands. Where they differ, decisions-HALF.tsv says what stands, by which
rule of CODEBOOK.md. Standard library only; the result is the same each time.
"""
import argparse
import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
WORD = re.compile(r"[\w\u064b-\u0652\u0640]+")
ZONES = ("own", "frame", "reported", "aim")


def load(name):
    return {row["id"]: row for row in map(json.loads, (HERE / name).read_text("utf-8").splitlines())}


def whole(text):
    return (text["title"] + "\n\n" if text.get("title") else "") + text["text"]


def place(text, mark):
    start = -1
    for _ in range(mark.get("n") or 1):
        start = text.index(mark["span"], start + 1)
    return start, start + len(mark["span"])


def span(text, start, end):
    """The mark of a place: its words, and which occurrence of them it is."""
    words, n, at = text[start:end], 0, -1
    while at < start:
        at = text.index(words, at + 1)
        n += 1
    return {"span": words} if n == 1 else {"span": words, "n": n}


def zones(text, marks, words):
    found = ["own"] * len(words)
    for mark in marks["zones"]:
        start, end = place(text, mark)
        for number, (first, last) in enumerate(words):
            if first < end and last > start:
                found[number] = mark["zone"]
    return found


def pairs(a, b, same):
    """Marks of both readers that overlap, the most alike first; `None` where one has none."""
    used = set()
    for p, m in a:
        near = [
            (abs(q[0] - p[0]) + abs(q[1] - p[1]) - (1000 if same(m, x) else 0), number)
            for number, (q, x) in enumerate(b)
            if number not in used and q[0] < p[1] and q[1] > p[0]
        ]
        if near:
            number = min(near)[1]
            used.add(number)
            yield p, m, *b[number]
        else:
            yield p, m, None, None
    for number, (q, x) in enumerate(b):
        if number not in used:
            yield None, None, q, x


def differences(text, a, b):
    """Every difference of two readers of a text: layer, place, what each says. And what they share."""
    words = [match.span() for match in WORD.finditer(text)]
    za, zb = zones(text, a, words), zones(text, b, words)
    rows, number = [], 0
    while number < len(words):
        if za[number] != zb[number]:
            last = number
            while last + 1 < len(words) and (za[last + 1], zb[last + 1]) == (za[number], zb[number]):
                last += 1
            rows.append(("zone", words[number][0], words[last][1], za[number], zb[number]))
            number = last
        number += 1
    shared = {"mention": [], "framing": []}
    key = {
        "mention": lambda m: m["referent"],
        "framing": lambda m: (m["target"], m["role"]),
    }
    said = {
        "mention": lambda m: f"{m['referent']}/{m['kind']}" if m else "-",
        "framing": lambda m: f"{m['target']}/{m['role']}/{m['sense']}" if m else "-",
    }
    agreed = {
        "mention": lambda m: m["referent"],
        "framing": lambda m: (m["target"], m["role"], m["sense"]),
    }
    for layer, field in (("mention", "mentions"), ("framing", "framing")):
        of = key[layer]
        marks = [[(place(text, m), m) for m in reader[field]] for reader in (a, b)]
        for p, m, q, x in pairs(*marks, lambda m, x: of(m) == of(x)):
            if m and x and agreed[layer](m) == agreed[layer](x):
                shared[layer].append((p, m))
            else:
                rows.append((layer, *(p or q), said[layer](m), said[layer](x)))
    return words, za, zb, rows, shared


def settle(half, check):
    texts, a, b = load(f"texts-{half}.jsonl"), load(f"reader-a-{half}.jsonl"), load(f"reader-b-{half}.jsonl")
    with open(HERE / f"decisions-{half}.tsv", encoding="utf-8", newline="") as file:
        decisions = {
            (row["id"], row["layer"], int(row["start"]), int(row["end"]), row["a"], row["b"]): row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    agreement, out = Counter(), []
    for name, row in texts.items():
        text = whole(row)
        words, za, zb, rows, shared = differences(text, a[name], b[name])
        agreement["words"] += len(words)
        agreement["words alike"] += sum(x == y for x, y in zip(za, zb))
        for x, y in zip(za, zb):
            agreement["reported a"] += x == "reported"
            agreement["reported b"] += y == "reported"
            agreement["reported both"] += x == y == "reported"
        settled, reasons = list(za), []
        mentions = [(*p, m["referent"], m["kind"]) for p, m in shared["mention"]]
        framing = [(*p, m["target"], m["role"], m["sense"]) for p, m in shared["framing"]]
        for layer, marks in shared.items():
            agreement[f"{layer} alike"] += len(marks)
        for layer, start, end, by_a, by_b in rows:
            decision = decisions.pop((name, layer, start, end, by_a, by_b), None)
            if decision is None:
                sys.exit(f"decisions-{half}.tsv has no decision for {name}, {layer}, {start}-{end}: {by_a} or {by_b}?")
            answer = decision["settled"]
            if decision["rule"] != "-" or decision["reason"]:
                reasons.append(" ".join((decision["rule"], decision["reason"])).strip())
            if layer != "zone":
                agreement[f"{layer} differ"] += 1
                agreement[f"{layer} by one only"] += "-" in (by_a, by_b)
            if layer == "zone":
                if answer not in ZONES:
                    sys.exit(f"decisions-{half}.tsv, {name}: {answer!r} is no zone; write one of {', '.join(ZONES)}")
                for number, (first, last) in enumerate(words):
                    if start <= first and last <= end:
                        settled[number] = answer
            elif answer != "drop" and layer == "mention":
                kind = next(mark.split("/")[1] for mark in (by_a, by_b) if mark != "-")
                mentions.append((start, end, answer, kind))
            elif answer != "drop":
                framing.append((start, end, *answer.split("/")))
        marked, number = [], 0
        while number < len(words):
            zone, last = settled[number], number
            while last + 1 < len(words) and settled[last + 1] == zone:
                last += 1
            if zone != "own":
                marked.append({"zone": zone, **span(text, words[number][0], words[last][1])})
            number = last + 1
        record = {
            "id": name,
            "zones": marked,
            "mentions": [{**span(text, s, e), "referent": r, "kind": k} for s, e, r, k in sorted(set(mentions))],
            "framing": [
                {**span(text, s, e), "target": t, "role": r, "sense": n} for s, e, t, r, n in sorted(set(framing))
            ],
        }
        if reasons:
            record["note"] = "; ".join(dict.fromkeys(reasons))
        out.append(json.dumps(record, ensure_ascii=False) + "\n")
    if decisions:
        sys.exit(f"decisions-{half}.tsv: the readers do not differ here: {next(iter(decisions))}; take the line out")
    file = HERE / f"settled-{half}.jsonl"
    if not check:
        file.write_text("".join(out), "utf-8")
    elif file.read_text("utf-8") != "".join(out):
        sys.exit(f"{file.name} is not what the decisions give; run labeled/readings/settle.py")
    report(half, agreement)


def report(half, n):
    print(f"{half}: {n['words']} words, {n['words alike'] / n['words']:.3f} in the same zone;", end=" ")
    print(f"reported speech, F1 of one reader against the other {2 * n['reported both'] / (n['reported a'] + n['reported b']):.3f}")
    for layer in ("mention", "framing"):
        alike, differ, one = (n[f"{layer} {what}"] for what in ("alike", "differ", "by one only"))
        both = alike + differ - one
        print(f"  {layer}: marked by both {both}, of these alike {alike} ({alike / both:.2f}); by one only {one}")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a file would change")
    check = options.parse_args().check
    for half in ("train", "test"):
        settle(half, check)
