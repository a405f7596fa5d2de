"""The observer inside the kernel: journals what each cell read, wrote, fitted and scored.

Standard library only. Run once by executing this text with SETTINGS bound to a JSON string; a second time does nothing.
Its own errors become notes in the journal and never reach the user. It never reads a data file.
"""

import functools
import glob
import hashlib
import importlib.abc
import importlib.util
import json
import os
import pkgutil
import re
import sys
import threading
import time
import types
import weakref
from datetime import datetime, timezone

DATA = re.compile(
    r"\.(parquet|csv|tsv|jsonl?|ndjson|feather|arrow|ipc|orc|avro|xlsx?|pkl|pickle|joblib|npy|npz|h5|hdf5|sqlite3?|db|duckdb"
    r"|pt|pth|onnx|safetensors|sav|dta|sas7bdat|bst|ubj|keras)(\.(gz|bz2|xz|zst|zip))?$",
    re.IGNORECASE,
)
QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
SCALAR_METRICS = re.compile(r"(_score|_error|_loss|_deviance|_coef|^auc)$")
QUIET = re.compile(r"[\\/]\.(ipynb_checkpoints|ipython|lookback)[\\/]")
# What one cell may write of a kind: a bootstrap of ten thousand scores must neither fill the journal nor slow the loop.
KEPT_PER_CELL = 200
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT


class Observer:
    def __init__(self, settings):
        self.settings = settings
        # Most patterns begin at a word: one search for them all costs a tenth of nine, and mostly finds nothing.
        words = [pattern for pattern in settings["secrets"] if pattern.startswith(r"\b")]
        self.any_word = re.compile(r"\b(?:" + "|".join(pattern[2:] for pattern in words) + ")")
        self.word_secrets = [re.compile(pattern) for pattern in words]
        self.other_secrets = [re.compile(pattern) for pattern in settings["secrets"] if pattern not in words]
        folder = os.path.dirname(settings["journal"])
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self.file = os.open(settings["journal"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.cell = None
        self.began = 0.0
        self.outer = []
        self.seen = set()
        self.counts = {}
        self.fitted = []
        self.fitting = False
        self.calls = threading.local()
        self.torn = False
        self.sync_wanted = threading.Event()
        self.quiet = tuple(
            os.path.realpath(path) + os.sep
            for path in {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), folder}
        )
        threading.Thread(target=self.sync_forever, name="lookback-journal", daemon=True).start()

    # -- the journal --------------------------------------------------------------------------------------------------

    def write(self, kind, **fields):
        """One event, one write: a line is whole or absent. One that a full disk tore is closed before the next."""
        line = json.dumps({"t": kind, "at": now(), **fields}, ensure_ascii=False, default=str, separators=(",", ":"))
        data = (("\n" if self.torn else "") + line + "\n").encode("utf-8", "replace")
        self.torn = os.write(self.file, data) < len(data)

    def __reduce__(self):
        """A class that cloudpickle sends to another process takes its wrapped methods along; nobody observes there."""
        return type(None), ()

    def room_for(self, kind):
        """Whether the cell may write one more of a kind; what it may not is counted and told at its end."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] <= KEPT_PER_CELL

    def note(self, where, error):
        try:
            if self.room_for("errors of the observer"):
                message = self.redact(f"{where}: {type(error).__name__}: {error}")
                self.write("note", cell=self.cell, code="observer/error", message=message)
        except Exception:
            pass

    def sync_forever(self):
        while True:
            self.sync_wanted.wait()
            self.sync_wanted.clear()
            try:
                os.fsync(self.file)
            except OSError as error:
                self.note("sync", error)

    def redact(self, text):
        for pattern in (*(self.word_secrets if self.any_word.search(text) else ()), *self.other_secrets):
            text = pattern.sub(lambda match: (match.group(1) if match.re.groups else "") + "[redacted]", text)
        return text

    # -- cells --------------------------------------------------------------------------------------------------------

    def before(self, info):
        cell = getattr(info, "cell_id", None) or self.cell_of_parent()
        self.outer.append(self.cell)
        if self.outer[-1] is not None or (cell is None and not info.store_history):
            return  # Run by a cell, or by a tool that asks the kernel something: no cell of its own.
        source = info.raw_cell or ""
        self.cell = cell or "unknown"
        self.seen.clear()
        self.counts.clear()
        self.fitted = []
        digest = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()
        self.write("cell", cell=self.cell, source=self.redact(source), sha256=digest)
        self.began = time.perf_counter()

    def after(self, result):
        took = (time.perf_counter() - self.began) * 1000
        inside = self.outer.pop() if self.outer else None
        if inside is not None or self.cell is None:
            return
        try:
            self.tell_fits()
            self.tell_left_out()
        finally:
            error = result.error_before_exec or result.error_in_exec
            outcome = "ok" if error is None else "interrupted" if isinstance(error, KeyboardInterrupt) else "error"
            said = None
            if outcome == "error":
                said = {"name": type(error).__name__, "message": self.redact(text_of(error))[:2000]}
            self.write("done", cell=self.cell, outcome=outcome, error=said, durationMs=round(took, 3))
            self.cell = None
            self.sync_wanted.set()

    def tell_fits(self):
        if not self.fitted:
            return
        models = [fit.pop("model")() for fit in self.fitted]
        # By type first, for a kernel may have thousands of names; and not by `id`, which Python reports to the audit hook.
        kinds = {type(model) for model in models if model is not None}
        named = [
            (name, value)
            for name, value in list(get_ipython().user_ns.items())  # noqa: F821
            if type(value) in kinds and not name.startswith("_")
        ]
        for fit, model in zip(self.fitted, models):
            variable = next((name for name, value in named if value is model), None)
            self.write("fit", cell=self.cell, variable=variable, **fit)
        self.fitted = []

    def tell_left_out(self):
        for kind, count in self.counts.items():
            if count > KEPT_PER_CELL:
                message = f"{count - KEPT_PER_CELL} more {kind} in one cell were not recorded."
                self.write("note", cell=self.cell, code="observer/left-out", message=message)

    def cell_of_parent(self):
        parent = get_ipython().kernel.get_parent() if hasattr(get_ipython(), "kernel") else {}  # noqa: F821
        return (parent.get("metadata") or {}).get("cellId")

    # -- data ---------------------------------------------------------------------------------------------------------

    def audit(self, event, arguments):
        if self.cell is None or (event != "open" and event != "sqlite3.connect"):
            return
        try:
            path, mode, flags = arguments if event == "open" else (arguments[0], None, 0)
            if not isinstance(path, (str, bytes)):
                return
            path = os.fsdecode(path)
            if DATA.search(path) is None:
                return
            writes = any(letter in mode for letter in "wax+") if mode else bool((flags or 0) & WRITE_FLAGS)
            self.used("write" if writes else "read", path)
        except Exception as error:
            self.note("audit", error)

    def used(self, access, path, rows=None, columns=None):
        """Notes that a file, or the data files of a folder, were used. Size and time are taken now, so that a later change can be told."""
        if self.cell is None:
            return
        remote = "://" in str(path)
        path = self.redact(str(path)) if remote else os.path.abspath(os.fspath(path))
        key = (access, path, rows)
        if key in self.seen:
            return
        self.seen.add(key)
        if not remote and (os.path.realpath(path).startswith(self.quiet) or QUIET.search(path)):
            return
        if not remote and os.path.isdir(path):
            for file in data_files_in(path):
                self.used(access, file)
            return
        size = stamp = None
        if access == "read" and not remote:
            try:
                status = os.stat(path)
            except OSError:
                return
            size, stamp = status.st_size, str(status.st_mtime_ns)
        if self.room_for("files"):
            self.write(access, cell=self.cell, path=path, size=size, mtimeNs=stamp, rows=rows, columns=columns)

    def used_in_text(self, text):
        """Files named in quotes in some SQL: written by COPY … TO, else read."""
        text = str(text)
        for quoted in QUOTED.finditer(text):
            path = quoted.group(1) or quoted.group(2)
            if DATA.search(path) is None:
                continue
            writes = re.search(r"\bto\s*$", text[: quoted.start()], re.IGNORECASE)
            for file in sorted(glob.glob(path, recursive=True))[:KEPT_PER_CELL]:
                self.used("write" if writes else "read", file)

    # -- models and scores --------------------------------------------------------------------------------------------

    def fit_ended(self, model, arguments, keywords, took):
        if not hasattr(model, "predict") or not self.room_for("fits"):
            return
        data = arguments[0] if arguments else keywords.get("X")
        self.fitted.append(
            {
                "model": weakref.ref(model),
                "class": public_name(type(model)),
                "steps": [public_name(type(step)) for _, step in getattr(model, "steps", [])],
                "parameters": {name: self.plain(value) for name, value in parameters_of(model).items()},
                "rows": rows_of(data),
                "features": [str(name) for name in data.columns] if hasattr(data, "columns") else None,
                "durationMs": round(took * 1000, 3),
            }
        )

    def plain(self, value):
        """JSON has no NaN, and a connection string may hold a password."""
        if isinstance(value, float) and value - value != 0:
            return str(value)
        return self.redact(value) if isinstance(value, str) else value

    def metric(self, name, value, rows=None):
        if self.cell is None or isinstance(value, bool):
            return
        try:
            number = float(value)
        except (TypeError, ValueError):
            return
        key = ("metric", name, number)
        if key in self.seen or number != number or number in (float("inf"), float("-inf")):
            return
        self.seen.add(key)
        if self.room_for(f"values of {name}"):
            self.write("metric", cell=self.cell, name=name, value=number, rows=rows)


# -- wrapping ---------------------------------------------------------------------------------------------------------


def wrap_fit(observer, cls):
    fit = cls.__dict__.get("fit")
    if not isinstance(fit, types.FunctionType) or hasattr(fit, "__lookback__"):
        return

    @functools.wraps(fit)
    def observed(self, *arguments, **keywords):
        if observer is None or observer.cell is None or observer.fitting:
            return fit(self, *arguments, **keywords)
        observer.fitting = True
        began = time.perf_counter()
        try:
            result = fit(self, *arguments, **keywords)
        finally:
            observer.fitting = False
        guard(observer, "fit", observer.fit_ended, self, arguments, keywords, time.perf_counter() - began)
        return result

    observed.__lookback__ = True
    cls.fit = observed


def wrap_call(observer, owner, name, ended, call=None):
    """Calls `ended(arguments, keywords, result)` after a thread's outermost call of a function, when it did not raise."""
    function = getattr(owner, name, None)
    if not callable(function) or hasattr(function, "__lookback__"):
        return
    call = call or (lambda function, arguments, keywords: function(*arguments, **keywords))

    def observed(*arguments, **keywords):
        if observer is None or observer.cell is None or observer.fitting or getattr(observer.calls, "inside", False):
            return call(function, arguments, keywords)
        observer.calls.inside = True
        try:
            result = call(function, arguments, keywords)
        finally:
            observer.calls.inside = False
        guard(observer, name, ended, arguments, keywords, result)
        return result

    if isinstance(owner, type):
        replacement = functools.wraps(function)(observed)
        replacement.__lookback__ = True
    else:
        replacement = Replacement(observed, function)
    try:
        setattr(owner, name, replacement)
    except (AttributeError, TypeError):
        pass  # A class of an extension module: its reads are seen by the audit hook or not at all.


class Replacement:
    """Stands for a function of a module. Pickled, it is that function: another process has nobody who observes."""

    __lookback__ = True

    def __init__(self, observed, function):
        functools.update_wrapper(self, function)
        self.observed = observed

    def __call__(self, *arguments, **keywords):
        return self.observed(*arguments, **keywords)

    def __get__(self, owner, kind=None):
        return self if owner is None else types.MethodType(self, owner)

    def __reduce__(self):
        return pkgutil.resolve_name, (f"{self.__module__}:{self.__qualname__}",)

    def __repr__(self):
        return repr(self.__wrapped__)


def call_as_caller(function, arguments, keywords):
    """DuckDB looks up the frames that SQL names in the frame that calls it: so the call is made with the caller's names."""
    frame = sys._getframe(1)
    while frame.f_globals is globals():
        frame = frame.f_back
    names = {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)
    names.update(_lookback_call=(function, arguments, keywords))
    return eval("_lookback_call[0](*_lookback_call[1], **_lookback_call[2])", frame.f_globals, names)


def guard(observer, where, function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        observer.note(where, error)


def adapt_sklearn_base(observer, module):
    base = module.BaseEstimator
    inherited = base.__init_subclass__.__func__

    def init_subclass(cls, **keywords):
        inherited(cls, **keywords)
        guard(observer, "subclass", wrap_fit, observer, cls)

    base.__init_subclass__ = classmethod(init_subclass)
    for cls in subclasses(base):
        wrap_fit(observer, cls)
    for mixin in ("ClassifierMixin", "RegressorMixin"):
        wrap_call(observer, getattr(module, mixin), "score", score_ended(observer))


def adapt_sklearn_pipeline(observer, module):
    wrap_call(observer, module.Pipeline, "score", score_ended(observer))


def score_ended(observer):
    return lambda arguments, keywords, result: observer.metric("score", result, rows_of(keywords.get("X", arguments[-1])))


def adapt_sklearn_metrics(observer, module):
    for name in getattr(module, "__all__", []):
        if SCALAR_METRICS.search(name):
            wrap_call(
                observer,
                module,
                name,
                lambda arguments, keywords, result, name=name: observer.metric(
                    name, result, rows_of(arguments[0] if arguments else keywords.get("y_true"))
                ),
            )


def adapt_sklearn_model_selection(observer, module):
    """The fits within a cross-validation are of models nobody keeps: they are not recorded one by one."""

    def call(function, arguments, keywords):
        outermost = observer is not None and not observer.fitting
        if outermost:
            observer.fitting = True
        try:
            return function(*arguments, **keywords)
        finally:
            if outermost:
                observer.fitting = False

    def scores(arguments, keywords, result):
        observer.metric("cross_val_score", sum(result) / len(result))

    def validated(arguments, keywords, result):
        for name, values in result.items():
            if name.startswith("test_"):
                observer.metric(f"cross_validate {name[5:]}", sum(values) / len(values))

    wrap_call(observer, module, "cross_val_score", scores, call)
    wrap_call(observer, module, "cross_validate", validated, call)
    wrap_call(observer, module, "cross_val_predict", lambda arguments, keywords, result: None, call)


def adapt_frames(observer, module):
    """pandas and polars: what a reader answered has rows and columns to tell."""

    def read(arguments, keywords, result):
        path = arguments[0] if arguments else next(iter(keywords.values()), None)
        if isinstance(path, (str, os.PathLike)):
            observer.used("read", path, *shape_of(result))

    def wrote(arguments, keywords, result):
        path = arguments[1] if len(arguments) > 1 else next(iter(keywords.values()), None)
        if isinstance(path, (str, os.PathLike)):
            observer.used("write", path, *shape_of(arguments[0]))

    for name in dir(module):
        if name.startswith(("read_", "scan_")):
            wrap_call(observer, module, name, read)
    for name in dir(module.DataFrame):
        if name.startswith("write_") or name in {"to_csv", "to_parquet", "to_feather", "to_json", "to_pickle", "to_excel", "to_orc"}:
            wrap_call(observer, module.DataFrame, name, wrote)


def adapt_arrow_parquet(observer, module):
    adapt_arrow_files(observer, module)
    wrap_call(observer, module, "write_table", wrote_second(observer, "where"))
    wrap_call(observer, module.ParquetFile, "__init__", lambda a, k, r: read_first(observer)(a[1:], k, None))


def adapt_arrow_files(observer, module):
    for name in ("read_table", "read_csv", "read_json", "read_feather", "open_csv"):
        wrap_call(observer, module, name, read_first(observer))
    wrap_call(observer, module, "write_csv", wrote_second(observer, "output_file"))
    wrap_call(observer, module, "write_feather", wrote_second(observer, "dest"))


def adapt_arrow_dataset(observer, module):
    def opened(arguments, keywords, result):
        for path in list(getattr(result, "files", []))[:KEPT_PER_CELL]:
            observer.used("read", path)

    wrap_call(observer, module, "dataset", opened)
    wrap_call(observer, module, "write_dataset", wrote_second(observer, "base_dir"))


def read_first(observer):
    def read(arguments, keywords, result):
        first = arguments[0] if arguments else next(iter(keywords.values()), None)
        paths = paths_in([first])
        for path in paths:
            observer.used("read", path, *(shape_of(result) if len(paths) == 1 else ()))

    return read


def wrote_second(observer, keyword):
    def wrote(arguments, keywords, result):
        path = arguments[1] if len(arguments) > 1 else keywords.get(keyword)
        if isinstance(path, (str, os.PathLike)):
            observer.used("write", path, *shape_of(arguments[0] if arguments else None))

    return wrote


def adapt_duckdb(observer, module):
    def named(values, keywords):
        return values[0] if values else next(iter(keywords.values()), "")

    for owner, skip in ((module, 0), (module.DuckDBPyConnection, 1)):
        for name in ("sql", "query", "execute", "from_query"):
            ended = lambda a, k, r, skip=skip: observer.used_in_text(named(a[skip:], k))  # noqa: E731
            wrap_call(observer, owner, name, ended, call_as_caller)
        for name in ("read_parquet", "read_csv", "read_json", "from_parquet", "from_csv_auto"):
            ended = lambda a, k, r, skip=skip: [observer.used("read", p) for p in paths_in([named(a[skip:], k)])]  # noqa: E731
            wrap_call(observer, owner, name, ended)
    for name in ("write_parquet", "to_parquet", "write_csv", "to_csv"):
        wrap_call(observer, module.DuckDBPyRelation, name, wrote_second(observer, "file_name"))


def adapt_sdk(observer, module):
    module.on_read.append(lambda path, rows=None, columns=None: observer.used("read", path, rows, columns))
    module.on_metric.append(observer.metric)


ADAPTERS = {
    "sklearn.base": adapt_sklearn_base,
    "sklearn.pipeline": adapt_sklearn_pipeline,
    "sklearn.metrics": adapt_sklearn_metrics,
    "sklearn.model_selection": adapt_sklearn_model_selection,
    "pandas": adapt_frames,
    "polars": adapt_frames,
    "pyarrow.parquet": adapt_arrow_parquet,
    "pyarrow.dataset": adapt_arrow_dataset,
    "pyarrow.csv": adapt_arrow_files,
    "pyarrow.json": adapt_arrow_files,
    "pyarrow.feather": adapt_arrow_files,
    "duckdb": adapt_duckdb,
    "lookback.observed": adapt_sdk,
}


class Imports(importlib.abc.MetaPathFinder):
    """Adapts a module right after it was imported, before whoever imports it can take a function out of it."""

    def __init__(self, observer):
        self.observer = observer
        self.finding = set()

    def find_spec(self, name, path=None, target=None):
        if name not in ADAPTERS or name in self.finding:
            return None
        self.finding.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.finding.discard(name)
        execute = getattr(getattr(spec, "loader", None), "exec_module", None)
        if execute is None:
            return None
        observer = self.observer

        def exec_module(module):
            execute(module)
            guard(observer, name, ADAPTERS[name], observer, module)

        spec.loader.exec_module = exec_module
        return spec


# -- small facts ------------------------------------------------------------------------------------------------------


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def subclasses(cls):
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


def public_name(cls):
    """`sklearn.ensemble.HistGradientBoostingClassifier`: the module as people import it."""
    parts = []
    for part in cls.__module__.split("."):
        if part.startswith("_") and part != "__main__":
            break
        parts.append(part)
    return ".".join([*parts, cls.__qualname__])


def parameters_of(model):
    steps = getattr(model, "steps", None)
    owner, prefix = (steps[-1][1], f"{steps[-1][0]}__") if steps else (model, "")
    values = owner.get_params(deep=False) if hasattr(owner, "get_params") else {}
    return {prefix + name: value for name, value in values.items() if isinstance(value, (str, int, float, bool, type(None)))}


def rows_of(data):
    shape = getattr(data, "shape", None)
    if shape:
        return int(shape[0])
    return len(data) if hasattr(data, "__len__") else None


def shape_of(frame):
    """Rows and columns of a frame or an Arrow table; nothing of a lazy one, which would have to read."""
    if not hasattr(frame, "shape"):
        return None, None
    if hasattr(frame, "schema") and hasattr(frame.schema, "types"):
        return int(frame.shape[0]), [[field.name, str(field.type)] for field in frame.schema]
    if hasattr(frame, "dtypes") and hasattr(frame, "columns"):
        return int(frame.shape[0]), [[str(name), str(kind)] for name, kind in zip(frame.columns, frame.dtypes)]
    return None, None


def paths_in(arguments):
    first = arguments[0] if arguments else None
    return [path for path in (first if isinstance(first, list) else [first]) if isinstance(path, (str, os.PathLike))]


def data_files_in(folder):
    found = (os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if DATA.search(name))
    return sorted(file for file, _ in zip(found, range(KEPT_PER_CELL)))


def text_of(error):
    """An exception of the user's whose text cannot be made must not cost the rest of the record."""
    try:
        return str(error)
    except Exception:
        return ""


def environment():
    import importlib.metadata
    import platform

    packages = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name:
            packages[name] = distribution.version
    return {"python": platform.python_version(), "platform": platform.platform(), "packages": packages}


def install(settings):
    observer = Observer(settings)
    if settings["sdk"] not in sys.path:
        sys.path.append(settings["sdk"])
    if settings["compiler"]:
        os.environ["LOOKBACK_COMPILER"] = json.dumps(settings["compiler"])
    observer.write("session", notebook=settings["notebook"], pid=os.getpid(), cwd=os.getcwd())
    sys.addaudithook(observer.audit)
    sys.meta_path.insert(0, Imports(observer))
    for name, adapt in ADAPTERS.items():
        if name in sys.modules:
            guard(observer, name, adapt, observer, sys.modules[name])
    events = get_ipython().events  # noqa: F821
    events.register("pre_run_cell", lambda info: guard(observer, "before", observer.before, info))
    events.register("post_run_cell", lambda result: guard(observer, "after", observer.after, result))
    # Listing a thousand distributions takes a while: the first cell need not wait for it.
    tell = lambda: observer.write("environment", **environment())  # noqa: E731
    threading.Thread(target=guard, args=(observer, "environment", tell), name="lookback-environment", daemon=True).start()
    return observer


def main(settings):
    name = "_lookback_observer"
    if name in sys.modules:
        return
    keeper = types.ModuleType(name)
    sys.modules[name] = keeper
    try:
        keeper.observer = install(settings)
    except Exception as error:  # The kernel works on, unobserved; the host sees that no session was journalled.
        sys.modules.pop(name, None)
        raise RuntimeError(f"Lookback could not observe this kernel: {error}") from error
