"""What the observer of this kernel wants to know. Without one, nothing happens."""

import os

# Called with the absolute path of each file a training set was read from, its rows and its columns as [name, type]; None where unknown.
on_read = []
# Called with name and value of each metric.
on_metric = []
# Called with name and value of each parameter.
on_param = []
# Called with "note" or "tag", and its text.
on_remark = []


def file_was_read(path, rows=None, columns=None):
    for hook in list(on_read):
        quietly(hook, path if "://" in path else os.path.abspath(path), rows, columns)


def metric(name, value):
    """Records a figure of this run under a name, and returns it."""
    number = float(value)
    for hook in list(on_metric):
        quietly(hook, str(name), number)
    return value


def param(name, value):
    """Records a parameter of this run under a name, and returns it."""
    for hook in list(on_param):
        quietly(hook, str(name), value)
    return value


def note(text):
    """Records a remark on this run."""
    for hook in list(on_remark):
        quietly(hook, "note", str(text))


def tag(*names):
    """Tags this run."""
    for name in names:
        for hook in list(on_remark):
            quietly(hook, "tag", str(name))


def quietly(hook, *arguments):
    try:
        hook(*arguments)
    except Exception:  # noqa: BLE001 - the observer's errors are not the user's
        pass
