"""The Markdown table of README: `python table.py BENCH.json PEERS.jsonl`, with what `mizan bench --json` and peers.py printed."""
import json
import sys
from pathlib import Path


def main(bench, peers):
    bench = json.loads(Path(bench).read_text("utf-8"))
    peers = [json.loads(line) for line in Path(peers).read_text("utf-8").splitlines()]
    stages = {stage["stage"]: stage["one_thread"] for stage in bench["stages"]}
    together = {stage["stage"]: stage["all_threads"] for stage in bench["stages"]}
    words = stages["score, words 1-2"]["mb_per_s"]
    rows = [
        ("check that the bytes are UTF-8 (the limit)", stages["validate UTF-8"]),
        ("**mizan**, words 1-2, stemmed", stages["score, words 1-2"]),
        (f"the same on {bench['threads']} threads", together["score, words 1-2"]),
        ("**mizan**, the shipped model, with the words that decided", stages["score, model"]),
        (f"the same on {bench['threads']} threads", together["score, model"]),
        ("mizan, JSON lines to JSON lines, leftovers taken out", stages["JSON to JSON, model"]),
        *((peer["name"], peer) for peer in peers),
    ]
    print(f"{bench['articles']} articles, {bench['bytes'] / 1e6:.2f} MB of text; one core where nothing else is said.\n")
    print("| text → features → probabilities | MB/s, median (slowest–fastest) | mizan, words 1-2, is so many times as fast |")
    print("|---|---:|---:|")
    for name, rate in rows:
        if rate:
            median, low, high = (f"{rate[key]:.1f}" if rate[key] < 10 else f"{rate[key]:.0f}" for key in ("mb_per_s", "min", "max"))
            times = words / rate["mb_per_s"]
            print(f"| {name} | {median} ({low}–{high}) | {times:.0f} |" if times >= 100 else f"| {name} | {median} ({low}–{high}) | {times:.2g} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
