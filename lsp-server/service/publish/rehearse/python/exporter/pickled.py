"""Writes a fitted model as a file that a worker of the same environment loads, and tells what that worker must have installed."""

import contextlib
import io
import os
import pickle
import sys


def pickled(model, template):
    """The bytes of `{"model", "template"}` and the packages, with their versions, that loading them imports. Raises in words where it cannot be pickled."""
    base = pickler()
    used = set()
    noting = type("Noting", (base,), {"reducer_override": noted(base, used)})
    content = {"model": model, "template": template}
    file = io.BytesIO()
    with by_value(base):
        try:
            noting(file, protocol=pickle.HIGHEST_PROTOCOL).dump(content)
        except Exception as error:
            raise ValueError(why_not(noting, model, error)) from error
    return file.getvalue(), packages_of(used)


def noted(base, used):
    """What a pickler asks about each object: here it keeps where the object comes from, and has the pickler go on as it would."""

    def reducer_override(self, value):
        used.add(module_of(value))
        return NotImplemented if base is pickle.Pickler else base.reducer_override(self, value)

    return reducer_override


def pickler():
    """The pickler that takes functions and classes of a notebook along, where there is one."""
    try:
        from joblib.externals.cloudpickle import Pickler
    except ImportError:
        try:
            from cloudpickle import Pickler
        except ImportError:
            return pickle.Pickler
    return Pickler


@contextlib.contextmanager
def by_value(base):
    """Has the exporter's own classes, and those of scripts beside the notebook, travel inside the file: no worker could import them."""
    package = sys.modules.get(base.__module__.rsplit(".", 1)[0])
    if package is None or not hasattr(package, "register_pickle_by_value"):
        yield
        return
    known = set(package.list_registry_pickle_by_value())
    ours = [module for name, module in sorted(sys.modules.items()) if travels(name, module) and name not in known]
    for module in ours:
        package.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in ours:
            package.unregister_pickle_by_value(module)


def travels(name, module):
    if name.startswith("_lookback_exporter"):
        return True
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or not file.endswith(".py") or name.split(".")[0] in IMPORTABLE:
        return False
    here = os.path.realpath(os.getcwd()) + os.sep
    path = os.path.realpath(file)
    return path.startswith(here) and not any(part in path for part in ("site-packages", "dist-packages"))


def why_not(kind, model, error):
    """The attribute that cannot be pickled, and what to do about it."""
    said = " ".join(str(error).split())[:200]
    for name, value in getattr(model, "__dict__", {}).items():
        try:
            kind(io.BytesIO(), protocol=pickle.HIGHEST_PROTOCOL).dump(value)
        except Exception:  # noqa: BLE001 - as above
            return f"the model cannot be put into a file, because of its attribute {name!r} ({said}); keep in the model only what it predicts with"
    return f"the model cannot be put into a file ({said}); assign a model that pickle takes"


def module_of(value):
    import types

    if isinstance(value, types.ModuleType):
        return value.__name__
    named = value if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)) else type(value)
    return getattr(named, "__module__", None) or ""


# Whatever folder the notebook runs in, these are no scripts beside it.
IMPORTABLE = {"__main__", *sys.stdlib_module_names}

# To look through all that is installed takes a second, and nearly every model is of these.
GIVEN_BY = {"sklearn": "scikit-learn", "imblearn": "imbalanced-learn"}


def packages_of(modules):
    """The distributions that give these modules, and their versions."""
    tops = {name.split(".")[0] for name in modules if name} - set(sys.stdlib_module_names) - {"__main__"}
    found = [version_of(top) for top in sorted(tops) if not top.startswith("_lookback_")]
    return dict(sorted(pair for pair in found if pair is not None))


def version_of(top):
    """A distribution and its version, by the module it gives; None for a module that no distribution gives."""
    from importlib import metadata

    name = GIVEN_BY.get(top, top)
    try:
        return name, metadata.version(name)
    except metadata.PackageNotFoundError:
        given_by = metadata.packages_distributions().get(top, [])
        return (given_by[0], metadata.version(given_by[0])) if given_by else None
