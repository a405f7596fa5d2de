"""Runs notebooks' cells, each list of them in a process and a folder of its own, and says what `out` came to."""

import gc
import io
import json
import os
import shutil
import sys
import tempfile
import traceback
import types
import warnings

warnings.filterwarnings("ignore")
for limit in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    # A process that has threads cannot be forked safely.
    os.environ[limit] = "1"
import numpy  # noqa: E402
import pandas  # noqa: E402
import scipy.stats  # noqa: E402, F401
import sklearn.ensemble  # noqa: E402
import sklearn.linear_model  # noqa: E402
import sklearn.model_selection  # noqa: E402
import sklearn.neighbors  # noqa: E402
import sklearn.pipeline  # noqa: E402
import sklearn.preprocessing  # noqa: E402

FILES = {
    "a.csv": "x,y,g\n" + "".join(f"{i % 7},{(i * 37) % 11},{'uvw'[i % 3]}\n" for i in range(60)),
    "helper.py": (
        "import numpy as np\nkept = []\ndef keep(t):\n    kept.append(t)\n    return t\n"
        "def touch():\n    for t in kept:\n        t.loc[:, 'x'] = 5\n"
        "def clean(t):\n    t['x'] = t['x'] * 2\ndef seed():\n    np.random.seed(3)\n"
        "class Box:\n    def __init__(self, t):\n        self.t = t\n    def head(self):\n        self.t['x'] = 9\n        return self\n"
    ),
}


def outcome(cells):
    """What `out` is after some cells, or why they failed."""
    sys.modules["__main__"] = types.ModuleType("__main__")
    space = sys.modules["__main__"].__dict__
    try:
        for at, source in enumerate(cells):
            exec(compile(source, f"cell {at}", "exec"), space)  # noqa: S102 - the notebooks of the test
        return "is " + repr(space["out"])
    except BaseException:  # noqa: BLE001 - a cell may end in any way, by leaving too
        return "fails " + traceback.format_exc(limit=-2)


def in_process(cells):
    """The same in a process that nothing else has run in."""
    folder = tempfile.mkdtemp()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.chdir(folder)
        sys.path.insert(0, folder)
        for name, text in FILES.items():
            with open(name, "w") as file:
                file.write(text)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        numpy.random.seed(int.from_bytes(os.urandom(4), "little"))
        pipe, leave = os.fdopen(writer, "w"), os._exit
        answer = outcome(cells)
        pipe.write(answer)
        pipe.close()
        leave(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    shutil.rmtree(folder)
    return answer


def warm_up():
    """Has libraries load what they load late, once for all processes."""
    table = pandas.read_csv(io.StringIO(FILES["a.csv"]))
    str(table.groupby("g").sum())
    table.to_csv(io.StringIO())
    sklearn.linear_model.LogisticRegression().fit(table[["x", "y"]], table["g"])
    sklearn.ensemble.RandomForestClassifier(2).fit(table[["x", "y"]], table["g"])


if __name__ == "__main__":
    warm_up()
    gc.freeze()
    print(json.dumps([in_process(cells) for cells in json.load(sys.stdin)]))
