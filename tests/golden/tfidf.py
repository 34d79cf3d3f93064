#!/usr/bin/env python3
"""Writes tfidf.json: what scikit-learn 1.9.1 makes of small corpora, for tests/tfidf.rs.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn==1.9.1
    /tmp/golden/bin/python tests/golden/tfidf.py

The corpora are invented. Articles are words parted by one space. `settings` has the names of TfidfVectorizer of both sides.
"""
import json
from pathlib import Path

import numpy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

assert sklearn.__version__ == "1.9.1", sklearn.__version__

# name: (articles to fit to, articles that come later)
CORPORA = {
    "letters": (["a a b", "b c", "c"], ["a b c d", "d", ""]),
    "one": (["سوق سوق ميناء"], ["ميناء", "سوق سوق سوق"]),
    "harbour": (
        ["وصلت السفينة إلى الميناء صباحا", "غادرت السفينة الميناء مساء", "أغلق الميناء بسبب الريح", "الريح شديدة في البحر اليوم"],
        ["السفينة في الميناء اليوم", "السفينة السفينة السفينة", "غدا"],
    ),
    "both scripts": (
        ["شركة Beta تفتح فرعا", "Beta و beta شركة شركة", "فرع Gamma يغلق Gamma", "gamma Gamma ß é"],
        ["شركة gamma", "Beta Beta Gamma é"],
    ),
    "with empty": (["", "قمح شعير", "", "قمح قمح ذرة", ""], ["", "ذرة شعير قمح قمح"]),
    "prefixes": (
        ["كت كتا كتاب كتابة", "كتاب كتابي كتا", "ك كت", "كتابة كتاب كتاب الكتاب"],
        ["كتا كت ك كتابنا", "الكتاب كتابة كتابي"],
    ),
    "repeats": (["م م م م م م م ن", "ن ن ن م", "ن ه ه ه", "م ن ه و و"], ["م ن ه و ي", "و و و و"]),
    "short words": (["في أن عن", "ما في أن ال", "لا ما x"], ["في لا", "y z ما"]),
    # Beyond U+FFFF, and right below: UTF-16 would order these otherwise.
    "code points": (["😀 ﷲ z ي", "ﷲ 𐤀 é", "z 😀 ﻻ Z ﷲ", "𐤀 ي"], ["ﷲ 😀 𐤀", "ﻻ ﻻ Z"]),
    "numbers": (["١٢ قتيلا 12 جريحا", "12 قتيلا 2019", "٢٠١٩ 2019 عام"], ["عام 12", "2019 2019 ١٢"]),
    "same": (["نعم لا نعم", "نعم لا نعم", "نعم لا نعم"], ["لا", "نعم"]),
    "frequencies": (
        ["t u v w x", "t u v w", "t u v", "t u", "t", "t t t w w", "u v x x x x x", "y"],
        ["t u v w x y", "x x y"],
    ),
}

EVERYWHERE = [
    {},
    {"sublinear_tf": True},
    {"binary": True, "norm": "l1"},
    {"ngram_range": (1, 2), "smooth_idf": False},
    {"ngram_range": (2, 3), "norm": "l1", "sublinear_tf": True},
    {"analyzer": "char_wb", "ngram_range": (2, 4)},
    {"min_df": 2, "use_idf": False},
    {"max_df": 0.6, "norm": None},
    {"max_features": 1},
    {"max_features": 2, "ngram_range": (1, 2)},
    {"max_features": 3},
]

SOMEWHERE = {
    "letters": [{"min_df": 2}, {"max_df": 1}, {"min_df": 4}, {"min_df": 2, "max_df": 0.5}, {"max_features": 2, "binary": True}],
    "one": [{"ngram_range": (1, 8)}, {"min_df": 2}, {"smooth_idf": False, "norm": None}],
    "harbour": [{"ngram_range": (1, 8), "sublinear_tf": True}, {"min_df": 0.5, "max_df": 0.75}, {"ngram_range": (1, 2), "min_df": 2}],
    "both scripts": [{"analyzer": "char_wb", "ngram_range": (1, 1)}, {"use_idf": False, "norm": "l1"}],
    "with empty": [{"min_df": 0.4}, {"max_df": 0.3, "smooth_idf": False}, {"ngram_range": (3, 8)}],
    "prefixes": [
        {"analyzer": "char_wb", "ngram_range": (3, 6), "sublinear_tf": True},
        {"analyzer": "char_wb", "ngram_range": (2, 3), "min_df": 2, "max_df": 3, "norm": "l1"},
        {"max_features": 2},
    ],
    "repeats": [
        {"sublinear_tf": True, "smooth_idf": False, "norm": "l1"},
        {"sublinear_tf": True, "binary": True, "norm": None},
        {"ngram_range": (1, 2), "max_features": 4, "max_df": 2},
    ],
    "short words": [{"analyzer": "char_wb", "ngram_range": (n, 6)} for n in range(1, 7)]
    + [{"analyzer": "char_wb", "ngram_range": (4, 5), "binary": True, "use_idf": False, "norm": None}],
    "code points": [{"analyzer": "char_wb", "ngram_range": (1, 2)}, {"max_features": 4}, {"ngram_range": (1, 3), "max_df": 1}],
    "numbers": [{"min_df": 0.5}, {"min_df": 0.67}, {"ngram_range": (8, 8)}],
    "same": [{"min_df": 1.0}, {"max_df": 0.99}, {"min_df": 3, "max_df": 3, "smooth_idf": False}],
    # Eight articles; t u v w x y stand in 6 5 4 3 2 1 of them and occur 8 5 4 4 6 1 times.
    "frequencies": [{"max_features": n} for n in range(1, 7)]
    + [{"max_features": n, "binary": True} for n in (1, 3, 4)]
    + [{"min_df": low, "max_df": high} for low, high in [(2, 4), (0.25, 0.5), (3, 0.625), (0.3, 5), (5, 0.5), (0.0, 1.0), (0.5, 4)]]
    + [{"min_df": 2, "max_df": 5, "max_features": 2, "sublinear_tf": True, "smooth_idf": False, "norm": "l1"}]
    + [{"max_features": 0}, {"min_df": 0}, {"min_df": 1.5}, {"max_df": -0.5}, {"ngram_range": (2, 1)}],
}


def vectoriser(settings):
    words = {} if settings.get("analyzer") == "char_wb" else {"tokenizer": str.split, "token_pattern": None}
    return TfidfVectorizer(lowercase=False, **words, **settings)


def hangs_on_a_tie(corpus, settings):
    """Whether max_features parts terms that occur equally often: then NumPy's sort, and so the processor, says which stay."""
    most = settings.get("max_features", 0)
    if most < 1:
        return False
    counts = vectoriser({**settings, "use_idf": False, "norm": None, "sublinear_tf": False, "max_features": None})
    totals = numpy.sort(numpy.asarray(counts.fit_transform(CORPORA[corpus][0]).sum(axis=0)).ravel())[::-1]
    return most < len(totals) and totals[most - 1] == totals[most]


def rows(matrix):
    matrix.sort_indices()
    return [
        {"columns": matrix.indices[start:end].tolist(), "values": matrix.data[start:end].tolist()}
        for start, end in zip(matrix.indptr, matrix.indptr[1:])
    ]


def case(corpus, changed):
    articles, later = CORPORA[corpus]
    settings = {
        "analyzer": "word", "ngram_range": (1, 1), "min_df": 1, "max_df": 1.0, "max_features": None,
        "sublinear_tf": False, "binary": False, "use_idf": True, "smooth_idf": True, "norm": "l2",
    }  # fmt: skip
    defaults = TfidfVectorizer().get_params()
    assert all(defaults[name] == value for name, value in settings.items())
    settings |= changed
    told = {**settings, "norm": settings["norm"] or "none"}
    fitted = vectoriser(settings)
    try:
        trained = fitted.fit_transform(articles)
    except ValueError as refusal:
        return {"corpus": corpus, "settings": told, "refused": str(refusal).split("\n")[0]}
    terms = fitted.get_feature_names_out().tolist()
    idf = fitted.idf_.tolist() if settings["use_idf"] else [1.0] * len(terms)
    return {
        "corpus": corpus, "settings": told, "terms": terms, "idf": idf,
        "articles": rows(trained), "later": rows(fitted.transform(later)),
    }  # fmt: skip


wanted = [(corpus, settings) for corpus in CORPORA for settings in EVERYWHERE + SOMEWHERE[corpus]]
cases = [case(corpus, settings) for corpus, settings in wanted if not hangs_on_a_tie(corpus, settings)]
with open(Path(__file__).with_suffix(".json"), "w", encoding="utf-8") as file:
    corpora = {name: {"articles": articles, "later": later} for name, (articles, later) in CORPORA.items()}
    head = json.dumps({"scikit_learn": sklearn.__version__, "corpora": corpora}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)
    file.write(f'{head[:-1]}, "cases": [\n{lines}\n]}}\n')
print(len(cases), "of", len(wanted), "cases,", sum("refused" in case for case in cases), "of them refused")
