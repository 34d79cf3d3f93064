"""A notebook as a script: run from top to bottom, it must not fail. `python tests/python/notebook.py`"""
# %% Score a text
import mizan

scorer = mizan.Scorer()
text = "عقد المجلس جلسة في بنغازي اليوم. وطهرت القوات المسلحة الباسلة المدينة من الإرهابيين."
score = scorer.score(text)
print(score)
print(score.lna.stance, score.lna.probabilities)
print(score.lna.evidence)

# %% Why
explanation = scorer.explain(text)
html = explanation._repr_html_()
print(explanation, len(html) > 1000)

# %% A frame
import pandas

df = pandas.DataFrame({"text": [text, "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس", None], "outlet": ["a", "b", "c"]})
scores = scorer.score_frame(df, keep=["outlet"])
print(scores[["outlet", "lean", "lna_stance", "gna_stance", "error"]])
print(scores.groupby("outlet")["lean"].mean())

# %% Polars, and Arrow
import polars

frame = polars.from_pandas(df)
print(scorer.score_frame(frame).select("lean"))
print(polars.from_arrow(scorer.score_arrow(frame))["lean"])

# %% A model of one's own
from mizan.sklearn import StanceClassifier, TfidfVectorizer

texts = [f"وصلت السفينة رقم {n} إلى الميناء" for n in range(20)] + [f"فاز الفريق رقم {n} في المباراة" for n in range(20)]
labels = ["harbour"] * 20 + ["match"] * 20
classifier = StanceClassifier(calibrated=False).fit(texts, labels)
print(classifier.predict(["غادرت السفينة الميناء"]))
print(TfidfVectorizer().fit_transform(texts).shape)
