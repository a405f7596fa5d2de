"""Compares what the tables of libraries say with the libraries that are installed here.

Reads [{"name", "version", "modules", "receivers", "former", "unjudged", "functions", …: names}, …] as JSON; writes for each
{"installed": its version or null, "isChecked": whether that is the version the table was read in, "wrong": what the table says and the library does not, or the other way round}.
"""

import importlib
import importlib.metadata
import inspect
import json
import os
import platform
import sys
import warnings

os.environ.setdefault("KERAS_BACKEND", "torch")
of_modules = ("functions", "callers", "classes")


def main():
    warnings.simplefilter("ignore")
    answer = sys.stdout
    # Libraries greet whoever imports them.
    sys.stdout = sys.stderr
    json.dump([compare(table) for table in json.load(sys.stdin)], answer)


def compare(table):
    installed = version_of(table["name"])
    if installed is None or not is_same(installed, table["version"]):
        return {"installed": installed, "isChecked": False, "wrong": []}
    wrong = []
    modules = [module for name in table["modules"] if (module := found(name, wrong)) is not None]
    receivers = [one for name in table["receivers"] if (one := found(name, wrong)) is not None]
    classes = [one for module in modules for one in vars_of(module).values() if inspect.isclass(one)]
    for kind in (*of_modules, "methods", "groups", "estimators", "tables"):
        for name in table[kind]:
            if kind in of_modules:
                is_there = is_in_modules(name, modules, classes)
            else:
                is_there = any(has(one, name) for one in receivers + (classes if kind == "estimators" else []))
            if is_there and name in table["former"]:
                wrong.append(f"{name} is there, and is said to be gone")
            if not is_there and name not in table["former"]:
                wrong.append(f"{name} of {kind} is not there")
    known = {
        name for kind in (*of_modules, "methods", "groups", "estimators", "tables", "unjudged") for name in table[kind]
    }
    tails = {name.rpartition(".")[2] for name in known}
    wrong += [f"{name} has no entry" for name in sorted(required(table["name"])) if name not in tails]
    return {"installed": installed, "isChecked": True, "wrong": wrong}


def version_of(name):
    if name == "builtins":
        return platform.python_version()
    try:
        module = importlib.import_module(name)
    except ImportError:
        return None
    return str(getattr(module, "__version__", "") or importlib.metadata.version(name))


def is_same(installed, read):
    """Whether the first two parts agree: names come and go with those."""
    return read is not None and installed.split(".")[:2] == read.split(".")[:2]


def found(path, wrong):
    """A module, or a class of one."""
    try:
        return importlib.import_module(path)
    except ImportError:
        module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        wrong.append(f"{path} is not there: {error}")
        return None


def vars_of(module):
    return {name: getattr(module, name) for name in dir(module) if has(module, name)}


def has(owner, name):
    # Some attributes fail with whatever they need and do not find, or say what became of them.
    try:
        getattr(owner, name)
    except Exception:  # noqa: BLE001
        return False
    return True


def is_in_modules(name, modules, classes):
    """A function or class of a module, or a function of a class; with a dot, where a path ends so."""
    owner, _, last = name.rpartition(".")
    if owner == "":
        return any(has(one, last) for one in modules + classes)
    owners = [one for one in modules if one.__name__.rpartition(".")[2] == owner]
    owners += [getattr(one, owner) for one in modules if has(one, owner)]
    return any(has(one, last) for one in owners)


def required(library):
    """Public names that need an entry."""
    return required_of[library]() if library in required_of else set()


def of_scikit_learn():
    import sklearn.experimental.enable_halving_search_cv
    import sklearn.experimental.enable_iterative_imputer  # noqa: F401
    from sklearn import datasets, feature_selection, metrics, model_selection, preprocessing
    from sklearn.utils.discovery import all_estimators, all_functions

    public = {
        name
        for module in (datasets, feature_selection, metrics, model_selection, preprocessing)
        for name in module.__all__
    }
    splitters = {
        name for name, one in vars_of(model_selection).items() if inspect.isclass(one) and has(one, "get_n_splits")
    }
    functions = {name for name, _ in all_functions() if name in public}
    return {name for name, _ in all_estimators()} | functions | splitters - {"BaseCrossValidator", "BaseShuffleSplit"}


def of_imbalanced_learn():
    from imblearn import metrics, over_sampling, pipeline, under_sampling
    from imblearn.utils.testing import all_estimators

    functions = {name for module in (metrics, pipeline) for name in module.__all__}
    samplers = {name for module in (over_sampling, under_sampling) for name in module.__all__}
    return {name for name, _ in all_estimators()} | functions | samplers


def of_category_encoders():
    import category_encoders

    return {name for name, one in vars_of(category_encoders).items() if inspect.isclass(one) and has(one, "fit")}


def of_pandas():
    import pandas
    from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy

    readers = {name for name in dir(pandas) if name.startswith("read_")}
    return readers.union(
        *(methods_of(one) for one in (pandas.DataFrame, pandas.Series, DataFrameGroupBy, SeriesGroupBy))
    )


def of_polars():
    import polars

    readers = {name for name in dir(polars) if name.startswith(("read_", "scan_"))}
    return readers.union(*(methods_of(one) for one in (polars.DataFrame, polars.LazyFrame, polars.Series, polars.Expr)))


def of_statsmodels():
    import statsmodels.api
    from statsmodels.api import tsa
    from statsmodels.base.model import Model

    return {
        name
        for module in (statsmodels.api, tsa)
        for name, one in vars_of(module).items()
        if inspect.isclass(one) and issubclass(one, Model)
    }


def of_keras():
    import keras

    return {
        name
        for name, one in vars_of(keras.layers).items()
        if inspect.isclass(one) and issubclass(one, keras.Layer) and one is not keras.Layer
    }


def estimators_of(library):
    """Classes that are fitted, and functions that train."""
    module = importlib.import_module(library)
    named = {name: getattr(module, name) for name in module.__all__}
    return {
        name for name, one in named.items() if (inspect.isclass(one) and has(one, "fit")) or name in ("train", "cv")
    }


def methods_of(receiver):
    return {
        name for name in dir(receiver) if not name.startswith("_") and inspect.isroutine(getattr(receiver, name, None))
    }


required_of = {
    "catboost": lambda: estimators_of("catboost"),
    "category_encoders": of_category_encoders,
    "imblearn": of_imbalanced_learn,
    "keras": of_keras,
    "lightgbm": lambda: estimators_of("lightgbm"),
    "pandas": of_pandas,
    "polars": of_polars,
    "sklearn": of_scikit_learn,
    "statsmodels": of_statsmodels,
    "xgboost": lambda: estimators_of("xgboost"),
}

if __name__ == "__main__":
    main()
