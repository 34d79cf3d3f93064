"""The estimators: parity with scikit-learn, pickling, pipelines, and what check_estimator says."""
import json
import pickle
import warnings

import mizan
import numpy as np
import pandas
import polars
import pytest
import sklearn.feature_extraction.text
import sklearn.utils.estimator_checks
from conftest import REPOSITORY
from mizan.sklearn import StanceClassifier, TfidfVectorizer
from scipy.sparse import isspmatrix_csr
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

GOLDEN = json.loads((REPOSITORY / "tests" / "golden" / "tfidf.json").read_text("utf-8"))
SETTINGS = [
    {},
    {"sublinear_tf": True, "ngram_range": (1, 2), "min_df": 2},
    {"binary": True, "norm": "l1", "max_df": 0.5},
    {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 3},
    {"use_idf": False, "norm": None},
    {"smooth_idf": False, "min_df": 0.01},
]


def words(text):
    return text.split(" ") if text else []


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_rows_are_those_of_scikit_learn(texts, settings):
    texts = [" ".join(text.split()) for text in texts[:400]]
    theirs = {"lowercase": False, **settings}
    if settings.get("analyzer") is None:
        theirs |= {"tokenizer": words, "token_pattern": None}
    reference = sklearn.feature_extraction.text.TfidfVectorizer(**theirs).fit(texts[:300])
    ours = TfidfVectorizer(tokenizer=words, **settings).fit(texts[:300])
    assert list(ours.get_feature_names_out()) == list(reference.get_feature_names_out())
    assert ours.vocabulary_ == reference.vocabulary_
    difference = abs(ours.transform(texts) - reference.transform(texts))
    assert difference.max() < 1e-12
    if settings.get("use_idf", True):
        assert np.abs(ours.idf_ - reference.idf_).max() < 1e-12


def test_rows_are_csr_and_are_not_copied(texts):
    rows = TfidfVectorizer().fit_transform(texts[:50])
    assert isspmatrix_csr(rows) and rows.dtype == np.float64 and rows.indices.dtype == np.int32
    assert not rows.data.flags.owndata or rows.data.base is None
    rows.check_format(full_check=True)


def test_words_are_those_that_mizan_counts():
    (counted,) = mizan.terms(["وصلت السفينة إلى الميناء"])
    assert len(counted) == 3
    vectorizer = TfidfVectorizer().fit(["السفينة في الميناء", "سفينة"])
    assert vectorizer.transform(["بالسفينة"]).nnz == 1


def test_a_vectorizer_is_cloned_pickled_and_refused_with_a_reason(texts):
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2).fit(texts[:100])
    again = pickle.loads(pickle.dumps(vectorizer))
    assert (again.transform(texts[:200]) != vectorizer.transform(texts[:200])).nnz == 0
    assert clone(vectorizer).get_params() == vectorizer.get_params()
    with pytest.raises(mizan.MizanError, match="ngram_range"):
        TfidfVectorizer(ngram_range=(2, 1)).fit(texts[:10])
    with pytest.raises(sklearn.exceptions.NotFittedError):
        TfidfVectorizer().transform(texts[:1])
    with pytest.raises(ValueError, match="string object"):
        TfidfVectorizer().fit("نص")
    with pytest.raises(ValueError, match="text 1 is missing .None."):
        TfidfVectorizer().fit(["نص", None])
    with pytest.raises(ValueError, match="text 1 is no text but of type int .5.: give a str"):
        StanceClassifier().fit(["نص", 5], [0, 1])
    for given in (None, {"a": "نص"}):
        with pytest.raises(TypeError, match="Iterable over raw text documents expected, .* object received"):
            TfidfVectorizer().fit(given)
    with pytest.raises(ValueError, match="one column"):
        TfidfVectorizer().fit(pandas.DataFrame({"text": texts[:10]}))


@pytest.fixture(scope="module")
def genres(texts):
    """Texts with a label that words tell, and their outlets."""
    harbour = [f"وصلت السفينة رقم {n} إلى الميناء محملة بالقمح والشعير" for n in range(30)]
    match = [f"فاز الفريق في المباراة رقم {n} بهدفين على ملعبه" for n in range(30)]
    return harbour + match, ["harbour"] * 30 + ["match"] * 30, [f"outlet-{n % 6}" for n in range(60)]


def test_a_classifier_learns_and_is_pickled_as_a_model_file(genres):
    texts, labels, groups = genres
    classifier = StanceClassifier().fit(texts, labels, groups=groups)
    assert list(classifier.classes_) == ["harbour", "match"] and classifier.score(texts, labels) == 1
    p = classifier.predict_proba(texts)
    assert p.shape == (60, 2) and np.allclose(p.sum(axis=1), 1)
    state = classifier.__getstate__()
    assert b'{"checksum' in state["_model"][:2000].replace(b'\\"', b'"')
    again = pickle.loads(pickle.dumps(classifier))
    assert (again.predict_proba(texts) == p).all() and (again.predict(texts) == classifier.predict(texts)).all()
    assert clone(classifier).get_params() == classifier.get_params()


def test_labels_keep_their_type(genres):
    texts, labels, _ = genres
    numbers = np.array([10 if label == "match" else 9 for label in labels])
    classifier = StanceClassifier(calibrated=False).fit(texts, numbers)
    assert classifier.classes_.tolist() == [9, 10] and (classifier.predict(texts) == numbers).all()


def test_pipelines_and_cross_validation(genres):
    texts, labels, groups = genres
    pipeline = make_pipeline(TfidfVectorizer(min_df=2), LogisticRegression())
    for estimator in (pipeline, StanceClassifier(calibrated=False)):
        scores = cross_val_score(estimator, texts, labels, groups=groups, cv=GroupKFold(3))
        assert scores.min() > 0.9


def test_nothing_to_learn_is_said(genres):
    texts, labels, _ = genres
    with pytest.raises(mizan.MizanError):
        StanceClassifier().fit(texts[:5], labels[:5])
    with pytest.raises(mizan.MizanError, match="alpha"):
        StanceClassifier(alpha=-1).fit(texts, labels)
    with pytest.raises(ValueError, match="inconsistent"):
        StanceClassifier().fit(texts, labels[:3])


def test_near_duplicates_are_told_in_the_callers_words(genres):
    copies, labels = [f"وصلت السفينة إلى الميناء محملة بالقمح والشعير {n}" for n in range(12)], ["a", "b"] * 6
    with pytest.raises(mizan.MizanError, match=r"all 12 texts are nearly copies of each other.*groups=.*calibrated=False"):
        StanceClassifier().fit(copies, labels)
    assert set(StanceClassifier(calibrated=False).fit(copies, labels).classes_) == {"a", "b"}
    for groups in (range(12), [n % 6 for n in range(12)]):
        assert StanceClassifier().fit(copies, labels, groups=groups).predict_proba(copies).shape == (12, 2)
    texts, labels, _ = genres
    with pytest.raises(mizan.MizanError, match='all groups are "x", and calibration holds out whole groups'):
        StanceClassifier().fit(texts, labels, groups=["x"] * 60)
    assert StanceClassifier(calibrated=False).fit(texts, labels, groups=["x"] * 60).score(texts, labels) == 1


NAN = float("nan")
LABELS = {
    "nan first": ([NAN, *"ababa"], "label 0 is missing .nan.: leave the text out, or give its label"),
    "none": ([*"ababa", None], "label 5 is missing .None."),
    "NA": (pandas.Series(["a", "b", pandas.NA] * 2, dtype="string"), "label 2 is missing .<NA>."),
    "number": (pandas.Series([1, 2, None] * 2), "label 2 is missing .nan."),
    "array": (np.array([1.0, 2.0, NAN] * 2), "label 2 is missing .nan."),
    "polars": (polars.Series(["a", "b", None] * 2), "label 2 is missing .None."),
    "mixed": (["a", "b", 1] * 2, "label 2 .1. is of type int and label 0 .'a'. of type str: give one type"),
    "mixed, series": (pandas.Series(["a", "b", 1.5] * 2), "label 2 .1.5. is of type float"),
    "bool": ([True, "a", "b"] * 2, "label 1 .'a'. is of type str and label 0 .True. of type bool"),
    "columns": ([["a", "b"]] * 6, "labels have 2 columns: give one label for each text"),
    "frame": (pandas.DataFrame({"lna": ["a"] * 6, "gna": ["b"] * 6}), "labels have 2 columns"),
    "one class": (["p"] * 6, "every label is 'p': at least two different ones are needed"),
    "one number": (np.array([7] * 6), "every label is 7: at least two"),
    "word": ("ababab", "labels: give a list of one label for each text, not str"),
}


@pytest.mark.parametrize("name", LABELS)
def test_labels_that_cannot_be_learned_are_told_by_their_row(genres, name):
    labels, told = LABELS[name]
    with pytest.raises(ValueError, match=told):
        StanceClassifier(calibrated=False).fit(genres[0][:6], labels)


def test_groups_and_texts_that_cannot_be_used_are_told(genres):
    texts, labels, groups = genres
    for missing in (None, NAN, pandas.NA):
        with pytest.raises(ValueError, match="group 59 is missing"):
            StanceClassifier().fit(texts, labels, groups=[*groups[:-1], missing])
    with pytest.raises(ValueError, match="there are 3 groups for 60 texts"):
        StanceClassifier().fit(texts, labels, groups=groups[:3])
    with pytest.raises(mizan.MizanError, match="all 6 texts are empty: there is nothing to learn from"):
        StanceClassifier().fit([""] * 6, ["a", "b"] * 3)
    with pytest.raises(mizan.MizanError, match="none of the 6 texts has a word"):
        StanceClassifier().fit(["…"] * 6, ["a", "b"] * 3)
    assert StanceClassifier(calibrated=False).fit(iter(texts), iter(labels)).score(texts, labels) == 1
    for kind in ("category", "string", object):
        assert StanceClassifier(calibrated=False).fit(texts, pandas.Series(labels, dtype=kind)).score(texts, labels) == 1


SETTINGS_OF_CLASSIFIER = [("alpha", "x"), ("alpha", True), ("calibrated", None), ("calibrated", "yes")]
SETTINGS_OF_VECTORIZER = [
    ("max_features", "x"), ("max_features", 1.5), ("ngram_range", 3), ("ngram_range", (1, 2, 3)), ("ngram_range", ("a", "b")), ("binary", None),
    ("use_idf", "no"), ("analyzer", len), ("norm", 2), ("min_df", "x"), ("tokenizer", 5),
]


@pytest.mark.parametrize("estimator, settings", [(StanceClassifier, SETTINGS_OF_CLASSIFIER), (TfidfVectorizer, SETTINGS_OF_VECTORIZER)])
def test_a_setting_of_another_type_is_named(genres, estimator, settings):
    for name, value in settings:
        with pytest.raises(TypeError, match=f"^{name}(=|:).*give "):
            estimator(**{name: value}).fit(genres[0], genres[1])


def test_a_setting_out_of_range_is_named(genres):
    for settings in ({"max_features": -1}, {"max_features": 0}, {"ngram_range": (-1, 2)}, {"ngram_range": (0, 1)}, {"min_df": -1}, {"analyzer": "char"}):
        with pytest.raises(mizan.MizanError, match=next(iter(settings))):
            TfidfVectorizer(**settings).fit(genres[0])
    assert TfidfVectorizer(ngram_range=[1, 2], max_features=np.int64(5)).fit(genres[0]).idf_.shape == (5,)


def test_rows_of_numbers_are_no_texts(genres):
    texts, labels, _ = genres
    with pytest.raises(ValueError, match="matrix of 60 × .* received; StanceClassifier takes texts and makes features of its own: leave the vectorizer out"):
        make_pipeline(TfidfVectorizer(), StanceClassifier()).fit(texts, labels)
    with pytest.raises(ValueError, match="matrix of 60 × 1 received"):
        TfidfVectorizer().fit(np.array(texts)[:, None])


def test_a_text_that_says_nothing_is_given_the_prior_and_warned_of(genres):
    texts, labels, _ = genres
    classifier = StanceClassifier(calibrated=False).fit(texts[:40], labels[:40])
    for predict in (classifier.predict, classifier.predict_proba):
        with pytest.warns(UserWarning, match="2 of 3 texts have nothing that the model knows: they are given the prior") as told:
            found = predict(["", "xyz", texts[0]])
        assert told[0].filename == __file__ and np.array_equal(found[0], found[1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        classifier.predict(texts)


# check_estimator itself leaves out all but one of its checks where only texts are read. These of it need no numbers.
WITHOUT_NUMBERS = [
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_estimator_tags_renamed",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_valid_tag_types",
]


@pytest.mark.parametrize("estimator", [TfidfVectorizer(), StanceClassifier()], ids=str)
@pytest.mark.parametrize("check", WITHOUT_NUMBERS)
def test_checks_of_scikit_learn(estimator, check):
    getattr(sklearn.utils.estimator_checks, check)(type(estimator).__name__, estimator)


@pytest.mark.filterwarnings("ignore:Can't test estimator")
@pytest.mark.parametrize("estimator", [TfidfVectorizer(), StanceClassifier()], ids=str)
def test_check_estimator_as_far_as_texts_allow(estimator):
    assert all(check["status"] == "passed" for check in check_estimator(estimator, on_fail=None))
