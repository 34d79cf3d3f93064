#!/usr/bin/env bash
# How fast mizan is, and what users would pick instead, measured one after the other: prints the table of README.
#   bash benches/peers.sh [FILE.jsonl[.gz]]
# The environment of the others is made in target/peers once; fastText is compiled there, which takes a C++ compiler and some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
file=${1:+$(cd "$OLDPWD" && realpath "$1")}
packages=(scikit-learn==1.9.1 PyStemmer==3.1.0 fasttext-wheel==0.9.2 'numpy<2.5')

[ -x target/peers/bin/python ] || python3 -m venv target/peers
target/peers/bin/python -m pip install --quiet --disable-pip-version-check "${packages[@]}" >&2
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 BLIS_NUM_THREADS=1 NUMEXPR_NUM_THREADS=1 VECLIB_MAXIMUM_THREADS=1
cargo run --release --locked --quiet -- bench --json --seconds 3 "${file:-labeled/articles}" >target/bench.json
target/peers/bin/python benches/peers.py ${file:+"$file"} >target/peers.jsonl
exec python3 benches/table.py target/bench.json target/peers.jsonl
