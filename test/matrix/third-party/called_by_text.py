"""What the text of a notebook's cells calls: fits, scores, files and data sets, counted by the text itself and by nothing of the observer.

Every call that a cell writes is rewritten, so that what is called is looked at first. Runs in a kernel that nobody observes; a line of
JSON for each call goes to a file.
"""

from __future__ import annotations

import ast
import builtins
import functools
import hashlib
import json
import math
import os
import sys
import threading
import types
import warnings

# Libraries whose classes fit.
LEARNERS = {"sklearn", "imblearn", "lightgbm", "xgboost", "statsmodels"}
FITS = {"fit", "fit_predict", "fit_transform", "fit_resample", "partial_fit"}
OF_STATSMODELS = ("rsquared", "rsquared_adj", "aic", "bic")
# Of scikit-learn's metrics those that are none of a model's.
NO_SCORES = ("distance", "kernel", "scorer", "scoring", "argmin", "_samples")
TABLES = {"learning_curve", "validation_curve", "permutation_importance", "calibration_curve"}
VALIDATIONS = {"cross_val_score", "cross_validate", "permutation_test_score"}
TUPLES = {
    "precision_recall_fscore_support": ["precision", "recall", "fscore", "support"],
    "homogeneity_completeness_v_measure": ["homogeneity", "completeness", "v_measure"],
    "class_likelihood_ratios": ["positive_likelihood_ratio", "negative_likelihood_ratio"],
}
# Where the path stands, by the root of the module and the name: the place, the name, and what is done with the file.
FILES = {
    ("numpy", "load"): (0, "file", "read"),
    ("numpy", "loadtxt"): (0, "fname", "read"),
    ("numpy", "genfromtxt"): (0, "fname", "read"),
    ("numpy", "fromfile"): (0, "file", "read"),
    ("numpy", "save"): (0, "file", "write"),
    ("numpy", "savez"): (0, "file", "write"),
    ("numpy", "savetxt"): (0, "fname", "write"),
    ("joblib", "load"): (0, "filename", "read"),
    ("joblib", "dump"): (1, "filename", "write"),
    ("sklearn", "load_svmlight_file"): (0, "f", "read"),
    ("sklearn", "dump_svmlight_file"): (2, "f", "write"),
    ("matplotlib", "imread"): (0, "fname", "read"),
    ("matplotlib", "imsave"): (0, "fname", "write"),
    ("matplotlib", "savefig"): (0, "fname", "write"),
    ("xgboost", "DMatrix"): (0, "data", "read"),
    ("xgboost", "Booster"): (2, "model_file", "read"),
    ("xgboost", "load_model"): (0, "fname", "read"),
    ("xgboost", "save_model"): (0, "fname", "write"),
    ("xgboost", "dump_model"): (0, "fout", "write"),
    ("xgboost", "save_binary"): (0, "fname", "write"),
    ("lightgbm", "Dataset"): (0, "data", "read"),
    ("lightgbm", "Booster"): (2, "model_file", "read"),
    ("lightgbm", "save_model"): (0, "filename", "write"),
    ("lightgbm", "save_binary"): (0, "filename", "write"),
    ("statsmodels", "save"): (0, "fname", "write"),
    ("statsmodels", "load_pickle"): (0, "fname", "read"),
    ("pathlib", "read_text"): (None, None, "read"),
    ("pathlib", "read_bytes"): (None, None, "read"),
    ("pathlib", "write_text"): (None, None, "write"),
    ("pathlib", "write_bytes"): (None, None, "write"),
}
OF_FRAMES = {"csv", "parquet", "json", "excel", "pickle", "feather", "hdf", "html", "latex", "stata", "fwf", "table"}
MADE = ("load_", "make_", "fetch_")
# Callables of an extension module that stand for a function.
STAND_INS = ("_lru_cache_wrapper", "_ArrayFunctionDispatcher")


class Rewritten(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        looked = ast.Call(ast.Name("__called_by_text__", ast.Load()), [node.func], [])
        node.func = ast.fix_missing_locations(ast.copy_location(looked, node.func))
        return node


class CalledByText:
    def __init__(self, path, root):
        self.path = path
        self.root = os.path.join(os.path.realpath(root), "")
        self.cell = None
        self.thread = threading.local()

    def __call__(self, function):
        told = None
        try:
            told = self.teller(function)
        except Exception as error:  # noqa: BLE001 - what a person's objects do when they are asked
            self.write({"kind": "fault", "message": repr(error)})
        return function if told is None else self.watched(function, *told)

    def watched(self, function, encloses, tell):
        def called(*arguments, **keywords):
            depth = getattr(self.thread, "depth", 0)
            inside = depth > 0 or is_handed(sys._getframe(1))
            self.thread.depth = depth + encloses
            try:
                result = function(*arguments, **keywords)
            finally:
                self.thread.depth = depth
            self.tell(tell, inside, arguments, keywords, result)
            return result

        return called

    def tell(self, tell, inside, *call):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                for entry in tell(*call):
                    self.write({"cell": self.cell, "inside": inside, **entry})
            except Exception as error:  # noqa: BLE001 - a fault of ours is no fault of the notebook
                self.write({"kind": "fault", "message": repr(error)})

    def write(self, entry):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def teller(self, function):
        """What is to be told of a call of this, and whether what is called within it is part of it; None where nothing is."""
        while isinstance(function, functools.partial):
            function = function.func
        if isinstance(function, types.MethodType):
            return self.of_method(function.__self__, getattr(function.__func__, "__name__", ""))
        if type(function).__module__ == "sklearn.metrics._scorer":
            return 1, functools.partial(of_scorer, function)
        name, root = getattr(function, "__name__", ""), str(getattr(function, "__module__", "")).split(".")[0]
        if isinstance(function, type):
            bases = [base for base in function.__mro__ if (base.__module__.split(".")[0], base.__name__) in FILES]
            return self.of_file(bases[0].__module__.split(".")[0], bases[0].__name__, None) if bases else None
        plain = isinstance(function, (types.FunctionType, types.BuiltinFunctionType))
        if plain and "joblib" in getattr(getattr(function, "__code__", None), "co_filename", ""):
            return None  # What is to be called later bears the name of what will be.
        if plain or type(function).__name__ in STAND_INS:
            return self.of_function(function, root, name)
        return None

    def of_method(self, owner, name):
        roots = roots_of(owner)
        if roots & LEARNERS:
            if name in FITS or ("statsmodels" in roots and name.startswith("fit")):
                return 1, functools.partial(of_fit, owner, name)
            if name == "score" and "statsmodels" not in roots:
                return 1, lambda arguments, keywords, result: of_score("score", result)
        if name == "open" and "pathlib" in roots:
            return 0, lambda arguments, keywords, result: self.opened((owner, *arguments), keywords)
        for root in roots:
            if root == "pandas" and name.startswith("to_") and name[3:] in OF_FRAMES:
                return self.of_path(0, "path_or_buf", "write")
            if (root, name) in FILES:
                return self.of_file(root, name, owner)
        return None

    def of_function(self, function, root, name):
        if root in ("io", "_io", "builtins") and name == "open":
            return 0, lambda arguments, keywords, result: self.opened(arguments, keywords)
        if root == "pandas" and name.startswith("read_") and name[5:] in OF_FRAMES:
            return self.of_path(0, "filepath_or_buffer", "read")
        if (root, name) in FILES:
            return self.of_file(root, name, None)
        if root in ("lightgbm", "xgboost") and name in ("train", "cv"):
            return 1, functools.partial(self.boosted, root, name)
        if name in VALIDATIONS | TABLES and root == "sklearn":
            return 1, functools.partial(of_validation, name)
        if is_metric(root, name):
            return 1, lambda arguments, keywords, result: of_score(name, result)
        made = made_by(function, name)
        return None if made is None else (0, lambda arguments, keywords, result: [{"kind": "made", "name": made}])

    def boosted(self, root, name, arguments, keywords, result):
        begun = keywords.get("init_model", keywords.get("xgb_model"))
        return [*self.used(begun, "read"), *of_boosting(root, name, arguments, keywords, result)]

    def of_file(self, root, name, owner):
        at, keyword, access = FILES[root, name]
        if at is None:
            return 0, lambda arguments, keywords, result: self.used(owner, access)
        return self.of_path(at, keyword, access)

    def of_path(self, at, keyword, access):
        def tell(arguments, keywords, result):
            return self.used(arguments[at] if len(arguments) > at else keywords.get(keyword), access)

        return 0, tell

    def opened(self, arguments, keywords):
        mode = arguments[1] if len(arguments) > 1 else keywords.get("mode", "r")
        path = arguments[0] if arguments else keywords.get("file")
        accesses = ["read", "write"] if "+" in mode else ["write" if set(mode) & set("wax") else "read"]
        return [entry for access in accesses for entry in self.used(path, access)]

    def used(self, path, access):
        if not isinstance(path, (str, bytes, os.PathLike)):
            return []
        # What XGBoost is told of a file's format stands behind its name.
        name = os.fsdecode(path).split("?")[0]
        if "://" in name or "\n" in name:
            return []
        real = os.path.realpath(name)
        inside = real.startswith(self.root)
        sha256 = None
        if access == "read" and os.path.isfile(real):
            with open(real, "rb") as file:
                sha256 = hashlib.sha256(file.read()).hexdigest()
        shown = real[len(self.root) :].replace(os.sep, "/") if inside else real
        return [{"kind": "file", "access": access, "path": shown, "sha256": sha256}]


def is_handed(frame):
    """Whether a library stands between this call and the cell: it called what the person handed to it."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "site-packages" in name and "ipykernel" not in name and f"{os.sep}IPython{os.sep}" not in name:
            return True
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == "__main__":
            return False
        frame = frame.f_back
    return True


def roots_of(owner):
    return {base.__module__.split(".")[0] for base in type(owner).__mro__}


def is_metric(root, name):
    module = sys.modules.get({"sklearn": "sklearn.metrics", "imblearn": "imblearn.metrics"}.get(root, ""))
    if module is None or name not in getattr(module, "__all__", []):
        return False
    return not any(word in name for word in NO_SCORES)


def made_by(function, name):
    module = str(getattr(function, "__module__", ""))
    if module.startswith("sklearn.datasets") and name.startswith(MADE):
        return f"sklearn:{name}"
    if module.startswith("statsmodels.datasets.") and name in ("load", "load_pandas"):
        return f"statsmodels:{module.split('.')[2]}"
    if module.startswith("seaborn") and name == "load_dataset":
        return "seaborn"
    return f"scipy:{name}" if module.startswith("scipy.datasets") else None


def of_fit(owner, name, arguments, keywords, result):
    entry = fit_entry(type(owner).__qualname__, name)
    if "statsmodels" in roots_of(owner):
        entry["scores"] = {score: value for score in OF_STATSMODELS for value in numbers_at(result, score)}
    return [entry]


def fit_entry(name, method):
    return {"kind": "fit", "class": name, "method": method, "scores": {}}


def numbers_at(result, name):
    try:
        return [float(getattr(result, name))]
    except Exception:  # noqa: BLE001 - not every kind of model has every score
        return []


def of_boosting(root, name, arguments, keywords, result):
    if name == "cv":
        # Without a metric there is nothing to tell of its course; LightGBM's has its models beside the lists.
        lines = [values for values in dict(result).values() if type(values).__name__ in ("list", "Series")]
        return [{"kind": "table", "name": "cv"}] if any(len(line) > 0 for line in lines) else []
    entry = fit_entry("Booster", "train")
    history = keywords.get("evals_result") if root == "xgboost" else result.best_score
    for watched, scores in (history or {}).items():
        for score, values in scores.items():
            entry["scores"][f"{watched} {score}"] = float(values[-1] if isinstance(values, list) else values)
    return [entry]


def of_validation(name, arguments, keywords, result):
    if name in TABLES:
        return [{"kind": "table", "name": name}]
    if name == "cross_val_score":
        return of_mean(name, result)
    if name == "cross_validate":
        tests = {key: values for key, values in result.items() if key.startswith("test_")}
        return [entry for key, values in tests.items() for entry in of_mean(f"{name} {key[5:]}", values)]
    return [*of_score(name, result[0]), *of_score(f"{name} p-value", result[2])]


def of_mean(name, values):
    numbers = [float(value) for value in values if math.isfinite(value)]
    return of_score(name, sum(numbers) / len(numbers)) if numbers else []


def of_scorer(scorer, arguments, keywords, result):
    name = getattr(getattr(scorer, "_score_func", None), "__name__", "score")
    named = result.items() if isinstance(result, dict) else [(name, result)]
    sign = "neg_" if getattr(scorer, "_sign", 1) == -1 else ""
    return [entry for each, value in named for entry in of_score(sign + each, value)]


def of_score(name, result):
    if name in TUPLES and isinstance(result, tuple):
        if any(hasattr(value, "ndim") and value.ndim > 0 for value in result):
            return [{"kind": "table", "name": name}]
        pairs = [pair for pair in zip(TUPLES[name], result, strict=False) if pair[1] is not None]
        return [entry for each, value in pairs for entry in of_score(each, value)]
    if isinstance(result, (tuple, str, dict)) or (hasattr(result, "ndim") and result.ndim > 0):
        return [{"kind": "table", "name": name}]
    try:
        value = float(result)
    except (TypeError, ValueError):
        return []
    return [{"kind": "score", "name": name, "value": value}] if math.isfinite(value) else []


def main(path, root, shell):
    vars(builtins)["__called_by_text__"] = CalledByText(path, root)
    shell.ast_transformers.append(Rewritten())
