"""Runs a training set: asks the compiler for its SQL and lets this kernel's DuckDB run it."""

import json
import os
import subprocess

from . import observed
from .describe import describe


class JoinError(RuntimeError):
    """A training set that could not be read; nothing was returned."""


def join(training_set):
    """The training set as a pandas DataFrame with exactly one row per row of its spine, in the spine's order."""
    views = {reference.split(":", 1)[0] for reference in training_set.features}
    sources = [training_set.spine] + [training_set.views[name].source for name in sorted(views)]
    paths = list(dict.fromkeys(source.path for source in sources))
    for path in paths:
        if "://" not in path and not os.path.exists(path):
            raise JoinError(
                f'The file "{path}" does not exist in {os.getcwd()}; the training set "{training_set.name}" was not read.'
            )
    compiled = compile_sql(training_set)
    duckdb = import_duckdb(training_set)
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(compiled["sql"]).df()
        shapes = {path: shape_of(connection, path) for path in paths} if observed.on_read else {}
    except duckdb.Error as cause:
        raise JoinError(f'DuckDB could not read the training set "{training_set.name}". {cause}') from cause
    finally:
        connection.close()
    for path in paths:
        observed.file_was_read(path, *shapes.get(path, (None, None)))
    rows.attrs["lookback"] = {"training_set": training_set.name, "digest": compiled.get("digest")}
    return rows


def shape_of(connection, path):
    """Rows and columns of a Parquet file from its footer; columns alone of any other file DuckDB can read."""
    try:
        columns = [
            [name, kind] for name, kind, *_ in connection.execute("DESCRIBE SELECT * FROM " + quoted(path)).fetchall()
        ]
        if not path.lower().endswith((".parquet", ".pq")):
            return None, columns
        (rows,) = connection.execute("SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(?)", [path]).fetchone()
        return rows, columns
    except Exception:  # noqa: BLE001 - the rows were read; only their description is missing
        return None, None


def quoted(path):
    return "'" + path.replace("'", "''") + "'"


def compile_sql(training_set):
    """`{"sql": …, "digest": …}` from the compiler named by LOOKBACK_COMPILER."""
    stated = os.environ.get("LOOKBACK_COMPILER")
    if not stated:
        raise JoinError(
            f'No compiler for the training set "{training_set.name}": LOOKBACK_COMPILER is not set. '
            "It is set in every kernel that Lookback observes; in a plain shell run the notebook with: lookback run NOTEBOOK"
        )
    request = {
        "definitions": describe(training_set),
        "trainingSet": training_set.name,
        "root": os.getcwd(),
    }
    # The compiler runs on the editor's own Node, which in a desktop editor is Electron: without this it opens a window.
    environment = {**os.environ, "ELECTRON_RUN_AS_NODE": "1"}
    try:
        answer = subprocess.run(
            json.loads(stated),
            input=json.dumps(request),
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
    except (OSError, ValueError, TypeError, subprocess.TimeoutExpired) as cause:
        raise JoinError(f'The compiler could not be run, so "{training_set.name}" was not read. {cause}') from cause
    if answer.returncode != 0:
        reason = answer.stderr.strip() or f"It ended with exit code {answer.returncode} and said nothing."
        raise JoinError(f'The training set "{training_set.name}" does not compile. {reason}')
    try:
        compiled = json.loads(answer.stdout)
        compiled["sql"]
    except (ValueError, KeyError, TypeError) as cause:
        raise JoinError(f'The compiler gave no SQL for the training set "{training_set.name}".') from cause
    return compiled


def import_duckdb(training_set):
    try:
        import duckdb
        import pandas  # noqa: F401 - `.df()` needs it, and says so less clearly
    except ImportError as cause:
        raise JoinError(
            f'The training set "{training_set.name}" was not read: this kernel has no {cause.name}. '
            "Run: pip install duckdb pandas"
        ) from cause
    return duckdb
