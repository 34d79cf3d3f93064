"""The lines of Python in README print what README says."""

import re
from pathlib import Path

import pandas


def test_readme_prints_what_it_says(capsys):
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", readme, re.S)
    [says] = re.findall(r"^# (.*)$", code, re.M)
    frame = pandas.DataFrame({"body": ["عاد الهدوء إلى مدينة طرابلس الليبية مساء أمس."], "url": ["u"]})
    names = {"df": frame}
    exec(code, names)
    assert capsys.readouterr().out.strip() == says
    assert list(names["scores"]["url"]) == ["u"]
