"""Runs definition programs with the SDK and says what Python holds of their last training set "rows" at the end of each.

Reads [{"program", "conf"}, …] as JSON; writes for each the described training set, null where there is none, or "raised".
"""

import io
import json
import sys
import types
from contextlib import redirect_stdout
from datetime import timedelta

import lookback
from lookback import definitions
from lookback.describe import describe

made = []


class TrainingSet(lookback.TrainingSet):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        made.append(self)


def unread_module(program):
    """What the text cannot see: it answers by chance, changes what it is given, and calls what it gets."""
    state = len(program)

    def flag():
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return state // 65536 % 2 == 0

    def patch(given):
        if isinstance(given, lookback.FeatureView):
            given.ttl = timedelta(days=77)
        elif isinstance(given, lookback.TrainingSet):
            for view in given.views.values():
                view.ttl = timedelta(days=78)
        elif isinstance(given, (list, tuple)):
            for each in given:
                patch(each)
            if isinstance(given, list) and given and isinstance(given[0], timedelta):
                given[0] = timedelta(days=76)
        elif isinstance(given, dict):
            patch(list(given.values()))
        elif callable(given):
            patch(given())
        elif hasattr(given, "T"):
            given.T = timedelta(days=75)
        return given

    def call(function):
        for _ in range(2):
            function()

    def maybe_fail():
        if flag():
            raise ValueError

    def fail():
        raise ValueError

    def decorated(function):
        function()
        return function

    def both(module):
        module.T = timedelta(days=74)

    module = types.ModuleType("unread")
    module.__dict__.update(flag=flag, patch=patch, call=call, maybe_fail=maybe_fail, fail=fail, decorated=decorated)
    module.__dict__.update(keep=lambda given: given, some=lambda: [1, 2, 3], both=both)
    module.__dict__.update(code=lambda: "B = timedelta(days=73)")
    return module


def held(case):
    made.clear()
    definitions.views_by_name.clear()
    conf = types.ModuleType("conf")
    exec(case["conf"], conf.__dict__)  # noqa: S102 - programs of the generator beside this file
    star = types.ModuleType("unread_star")
    star.__dict__.update(A=timedelta(days=71), C=timedelta(days=72))
    sys.modules.update(conf=conf, unread=unread_module(case["program"]), unread_star=star)
    try:
        with redirect_stdout(io.StringIO()):
            exec(compile(case["program"], "defs.py", "exec"), {"__name__": "__main__"})  # noqa: S102
    except Exception as cause:  # noqa: BLE001 - what a program raises is an answer
        return f"raised {cause!r}"
    rows = [each for each in made if each.name == "rows"]
    return describe(rows[-1]) if rows else None


setattr(lookback, "TrainingSet", TrainingSet)  # noqa: B010 - the programs import it by its name
json.dump([held(case) for case in json.load(sys.stdin)], sys.stdout)
