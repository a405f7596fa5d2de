"""Exports one model of a kernel into a folder: as a Python object that a worker loads, and as a graph of ONNX where one can be written."""

import contextlib
import io
import json
import os
import platform
import time
import warnings

from .asked import Asked, as_table
from .column_types import as_json
from .hostile import hostile_rows
from .marked import marked
from .no_predict import refuse
from .pickled import pickled
from .rows import observed, rows_for, sampled
from .taken import taken
from .written import written


def export(settings, names, adapters):
    """Writes `model.pkl`, `model.onnx`, `sample.json` and `hostile.json`, each of the first two where it can be; answers what they are.

    Raises ValueError in words for a model that can be served in neither way.
    """
    import numpy

    # What libraries say about a model that is asked strange things is nobody's business.
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        numpy.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        fitted = names[settings["variable"]]
        refuse_another(fitted, settings)
        return exported(fitted, names, settings["folder"], adapters)


def refuse_another(fitted, settings):
    """What was compared with the run is what was fitted under the name: by the end that may stand for something else."""
    wanted = settings.get("fit")
    known = observed("of", fitted)
    if wanted is not None and (known is None or known.key != wanted):
        raise ValueError(
            f"{settings['variable']} was given another object after it was fitted, which the run does not know; "
            "fit the model that is to be published under a name of its own"
        )


def exported(fitted, names, folder, adapters):
    model = predictor_of(fitted, names, adapters["predictors"])
    given = getattr(model, "lookback_rows", None)
    given = rows_for(model, names, fitted) if given is None else sampled(given)
    rows = taken(given)
    try:
        asked = Asked(marked(model, given), rows, observed("targets_of", fitted) or [])
    except Exception as error:
        raise ValueError(unanswered(error)) from error
    answers = asked.answers(rows.columns)
    compare(as_asked(asked, given), answers, 1e-5 if asked.single else 1e-9)
    began = time.monotonic()
    alone = refuse_company(asked, answers)
    hostile, because = hostile_rows(rows, answers, (time.monotonic() - began) / max(1, alone))
    write(folder, "sample.json", rows, rows.columns, answers)
    write(folder, "hostile.json", rows, hostile, asked.answers(hostile) if because else [], because)
    graph, tensor, no_graph = written(asked, answers, adapters)
    if graph is not None:
        with open(os.path.join(folder, "model.onnx"), "wb") as file:
            file.write(graph)
    python, no_python = in_python(asked, folder)
    if graph is None and python is None:
        raise ValueError(f"{no_python}; and it cannot be written as ONNX: {no_graph}")
    return {
        "className": public_name(fitted),
        "inputs": [{"name": name, "type": kind} for name, kind in zip(rows.names, rows.types, strict=True)],
        "output": {"kind": asked.output, "classes": asked.classes, "names": asked.names},
        "single": bool(asked.single),
        "tensor": tensor,
        "because": no_graph,
        "python": python,
        "noPython": no_python,
    }


def predictor_of(fitted, names, predictors):
    """The model, or what stands in for one that is not asked as scikit-learn's are."""
    for library in predictors:
        if library.takes(fitted):
            return library.asked(fitted, names)
    if not callable(getattr(fitted, "predict", None)):
        refuse(fitted)
    return fitted


def in_python(asked, folder):
    """What a worker needs to load the model that is written here, or why it cannot be put into a file."""
    try:
        content, packages = pickled(asked.model, asked.rows.template)
    except ValueError as error:
        return None, str(error)
    with open(os.path.join(folder, "model.pkl"), "wb") as file:
        file.write(content)
    version = ".".join(platform.python_version_tuple()[:2])
    return {"python": version, "packages": packages, "takes": asked.rows.kind, "method": asked.method}, None


def as_asked(asked, given):
    """What the model answers for the very rows that the notebook has."""
    try:
        table = as_table(asked.called(given))
    except Exception as error:
        raise ValueError(unanswered(error)) from error
    return [asked.answer(row) for row in table.tolist()]


def compare(wanted, answers, tolerance):
    """Raises where the model answers otherwise once its rows were sent as JSON: then what is served would not be what was trained."""
    differ = [at for at, pair in enumerate(zip(wanted, answers, strict=True)) if not same(*pair, tolerance)]
    if differ:
        at = differ[0]
        raise ValueError(
            f"the model answers {shown(wanted[at])} for a row of the notebook and {shown(answers[at])} for the same row as a caller sends it ({len(differ)} of {len(answers)} rows differ); give the model numbers, texts or truths that do not depend on the type of their column"
        )


def refuse_company(asked, answers):
    """Raises for a model whose answer for a row depends on the rows that are asked beside it: served, a row comes alone. Answers how many it asked."""
    some = [at * len(answers) // 16 for at in range(16)] if len(answers) > 1 else []
    alone = [asked.answers([column[at : at + 1] for column in asked.rows.columns])[0] for at in some]
    if sum(not same(answers[at], answer, 1e-3) for at, answer in zip(some, alone, strict=True)) > len(some) // 2:
        raise ValueError(
            "the model answers a row otherwise when it is asked alone than among others, and a caller sends one; compute what a step takes from all rows (a mean, a rank) when it is fitted"
        )
    return len(some)


def same(a, b, tolerance):
    import math

    if isinstance(a, list) and isinstance(b, list):
        return all(same(*pair, tolerance) for pair in zip(a, b, strict=True))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)
    return a == b


def write(folder, name, rows, columns, expected, because=None):
    listed = {each: [as_json(value) for value in column] for each, column in zip(rows.names, columns, strict=True)}
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump({"rows": listed, "expected": expected, "because": because}, file, allow_nan=False)


def unanswered(error):
    said = " ".join(str(error).split())[:300]
    return f"the model cannot be asked with rows of the notebook ({type(error).__name__}: {said}); assign the rows it was fitted on to a variable, as they were given to it"


def shown(answer):
    return "nothing" if answer is None else repr(answer)


def public_name(model):
    return type(model).__module__.split("._")[0] + "." + type(model).__name__
