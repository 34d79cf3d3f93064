"""The estimators: parity with scikit-learn, pickling, pipelines, and what check_estimator says."""
import json
import pickle

import mizan
import numpy as np
import pandas
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
