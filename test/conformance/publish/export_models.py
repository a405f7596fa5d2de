"""Fits models that ONNX does not express, and exports each as publishing does: `python export_models.py EXPORTER FOLDER`.

EXPORTER is the exporter's joined text. A folder a model comes out of it, with `described.json` beside what the exporter writes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, RegressorMixin, TransformerMixin
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_digits, load_iris
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestRegressor, StackingClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR

random = np.random.default_rng(3)
rows = 150
iris = load_iris(as_frame=True)
digits = load_digits()
people = pd.DataFrame(
    {
        "Ship Mode": random.choice(["air", "sea", "rail"], rows),
        "price-usd": np.where(random.random(rows) < 0.2, np.nan, random.lognormal(3, 1, rows)),
        "class": pd.Categorical(random.choice(["x", "y"], rows)),
        "pieces": random.integers(1, 9, rows),
        "fragile": random.random(rows) < 0.3,
        "visits": pd.array(random.choice([1, 2, None], rows), dtype="Int64"),
        "note": pd.Series(random.choice(["ok", "late", None], rows), dtype=object),
    }
)
late = np.where(people["pieces"] + 3 * people["fragile"] > 6, "late", "on time")
words = ["good film", "bad film", "dull tale", "a fine plot", "poor acting", "great", "so so", "never again"] * 6
moods = [at % 3 for at in range(len(words))]


class Halved(BaseEstimator, TransformerMixin):
    def fit(self, rows, y=None):
        return self

    def transform(self, rows):
        return np.asarray(rows, dtype=float) / 2


class Nearest(RegressorMixin, BaseEstimator):
    def fit(self, rows, y):
        self.rows_, self.y_ = np.asarray(rows), np.asarray(y)
        return self

    def predict(self, rows):
        return np.array([self.y_[np.abs(self.rows_ - row).sum(axis=1).argmin()] for row in np.asarray(rows)])


def encoded(model):
    encoder = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), ["Ship Mode", "class", "note"]),
        (SimpleImputer(strategy="median"), ["price-usd", "pieces", "visits"]),
        ("passthrough", ["fragile"]),
    )
    return make_pipeline(encoder, model).fit(people, late)


numbers = random.normal(size=(rows, 3))
models = {
    "mixed": encoded(LogisticRegression(max_iter=5_000)),
    "boosted": encoded(HistGradientBoostingClassifier(max_iter=20)),
    "stacked": encoded(StackingClassifier([("svc", SVC()), ("trees", LogisticRegression(max_iter=5_000))])),
    "margin": encoded(RidgeClassifier()),
    "halved": make_pipeline(Halved(), StandardScaler(), SVR()).fit(iris.data, iris.target),
    "nearest": Nearest().fit(numbers, numbers[:, 0]),
    "search": GridSearchCV(SVC(), {"C": [0.1, 1]}).fit(digits.data[:300], digits.target[:300]),
    "process": GaussianProcessRegressor(alpha=0.1).fit(numbers, numbers[:, 1]),
    "several": KNeighborsRegressor().fit(numbers, numbers[:, :2]),
    "lambda": make_pipeline(FunctionTransformer(lambda rows: rows**2), LinearRegression()).fit(numbers, numbers[:, 0]),
    "words": make_pipeline(
        make_union(TfidfVectorizer(), CountVectorizer(analyzer="char_wb", ngram_range=(1, 3))),
        SGDClassifier(loss="log_loss", random_state=0),
    ).fit(words, moods),
    "forest": RandomForestRegressor(20, random_state=0).fit(numbers.astype("float32"), numbers[:, :2]),
}

space: dict[str, object] = {"__name__": "_lookback_export"}
exec(compile(Path(sys.argv[1]).read_text(), "export_model.py", "exec"), space)  # noqa: S102 - the exporter itself
for name, model in models.items():
    folder = Path(sys.argv[2]) / name
    folder.mkdir()
    names = {"model": model, "numbers": numbers, "people": people, "words": words, "iris": iris, "digits": digits}
    fitted_on = {"mixed": people, "halved": iris.data, "search": digits.data[:300], "words": words}
    names["rows"] = fitted_on.get(name, people if name in ("boosted", "stacked", "margin") else numbers)
    described = space["export"]({"variable": "model", "folder": str(folder)}, names)  # type: ignore[operator]
    (folder / "described.json").write_text(json.dumps(described))
