"""Counts that settle a finding of the linter, in the kernel that ran the notebook. Reads its names and changes nothing."""

import re
import sys
from collections import Counter, defaultdict

# Beyond that an answer would keep the kernel from its work for longer than a person waits.
MOST_ROWS = 2_000_000


# NaN is not even itself.
MISSING = object()


class NotMeasured(Exception):
    """Why nothing was counted, as a sentence."""


def measure(ask, names, ran):
    """Answers `{"counts": …}`, or `{"unknown": why}`: `names` are the notebook's, `ran` the texts it ran, oldest first."""
    try:
        must_be_as_written(ask, ran)
        return {"counts": COUNTS[ask["count"]](ask, names)}
    except NotMeasured as reason:
        return {"unknown": str(reason)}
    except Exception as error:  # noqa: BLE001 (a count must not raise in the person's kernel)
        return {"unknown": f"The data could not be read: {type(error).__name__}: {error}"[:300]}


def must_be_as_written(ask, ran):
    """Refuses where the kernel may hold something else than what the notebook's text gives its names."""
    last: dict[str, int] = {}
    for at, text in enumerate(ran):
        last[text.strip()] = at
    before = -1
    first = len(ran)
    for cell in ask["cells"]:
        at = last.get(cell["source"].strip(), -1)
        if at < 0:
            raise NotMeasured(f"{cell['title']} has not run as it stands now. Run it, and measure again.")
        if at < before:
            raise NotMeasured(
                f"{cell['title']} ran before a cell that stands above it ran last. Run the notebook from the top, and measure again."
            )
        before = at
        first = min(first, at)
    known = {text.strip() for text in ask["sources"]}
    for text in ran[first:]:
        if text.strip() in known or text.startswith("# lookback: aside"):
            continue
        for name in ask["names"]:
            if re.search(rf"\b{re.escape(name)}\b", text):
                raise NotMeasured(
                    f"`{name}` also stands in something that ran and is not in the notebook now, so it may hold something else."
                )


def shared_values(ask, names):
    """How many test rows have a value of a column that training rows have too."""
    train = present(column_of(ask["train"], names))
    test = present(column_of(ask["test"], names))
    known = set(train)
    return {"rows": len(test), "shared": sum(value in known for value in test)}


def shared_rows(ask, names):
    """How many test rows equal a training row in every column."""
    train, test = (held(ask[side], names) for side in ("train", "test"))
    for side, value in (("train", train), ("test", test)):
        if is_series(value):
            raise NotMeasured(f"`{ask[side]['name']}` holds one column: rows are not told by it.")
    if list(columns_of(train) or []) != list(columns_of(test) or []):
        raise NotMeasured("The training rows and the test rows do not have the same columns.")
    if kinds_of(train) != kinds_of(test):
        raise NotMeasured("The training rows and the test rows hold the same columns in other types.")
    known = set(rows_of(train))
    rows = rows_of(test)
    return {"rows": len(rows), "shared": sum(row in known for row in rows)}


def repeats(ask, names):
    """Of one side, or of both: its rows, and how many different keys they have."""
    rows, keys = keys_of(ask["left"], names)
    other_rows, other_keys = keys_of(ask["right"], names) if ask["right"] is not None else (None, None)
    return {"rows": rows, "keys": keys, "other_rows": other_rows, "other_keys": other_keys}


def keys_of(side, names):
    """Rows with a key, and how many different ones they have: what is missing is nobody's key."""
    columns = [column_of({**side, "column": column}, names) for column in side["columns"]]
    keys = [key for key in zip(*columns, strict=True) if not any(is_missing(part) for part in key)]
    if not keys:
        raise NotMeasured(f"No row of `{side['name']}` has a key.")
    return len(keys), len(set(keys))


def tells_target(ask, names):
    """How much one input alone says of the target."""
    values = column_of(ask["input"], names)
    targets = column_of(ask["target"], names)
    if len(values) != len(targets):
        raise NotMeasured("The input and the target do not have the same number of rows.")
    pairs = [(x, y) for x, y in zip(values, targets, strict=True) if not is_missing(x) and not is_missing(y)]
    if not pairs:
        raise NotMeasured("No row has both the input and the target.")
    seen = defaultdict(Counter)
    for x, y in pairs:
        seen[x][y] += 1
    outcomes = Counter(y for _, y in pairs)
    most = max(outcomes.values())
    return {
        "rows": len(pairs),
        "values": len(seen),
        "outcomes": len(outcomes),
        "equal": sum(same(x, y) for x, y in pairs),
        "told": sum(max(each.values()) for each in seen.values()),
        "guessed": most,
        "auc": auc(pairs, outcomes),
        "rho": rho(pairs),
    }


def later_than(ask, names):
    """In how many rows one moment is later than another."""
    moments, limits = (column_of({**ask["frame"], "column": ask[side]}, names) for side in ("moment", "limit"))
    pairs = [(a, b) for a, b in zip(moments, limits, strict=True) if not is_missing(a) and not is_missing(b)]
    if not pairs:
        raise NotMeasured("No row has both moments.")
    if isinstance(pairs[0][0], str) or isinstance(pairs[0][1], str):
        raise NotMeasured(f"`{ask['moment']}` or `{ask['limit']}` holds text, not moments.")
    return {
        "rows": len(pairs),
        "later": sum(a > b for a, b in pairs),
        "same": sum(a == b for a, b in pairs),
    }


def held(side, names):
    """What a name holds, which must be rows."""
    name = side["name"]
    if name not in names:
        raise NotMeasured(f"`{name}` is not there. Run the notebook, and measure again.")
    value = names[name]
    if len_of(value) > MOST_ROWS:
        raise NotMeasured(f"`{name}` has more than {MOST_ROWS:,} rows.")
    return value


def column_of(side, names):
    """The values of a column of what a name holds, as a list; a name that holds one column is that column."""
    value = held(side, names)
    column = side.get("column")
    if column is None or is_series(value):
        if getattr(value, "ndim", 1) != 1:
            raise NotMeasured(f"`{side['name']}` has more than one column.")
        return (
            value.to_list()
            if hasattr(value, "to_list")
            else value.tolist()
            if hasattr(value, "tolist")
            else list(value)
        )
    if columns_of(value) is None:
        raise NotMeasured(f"`{side['name']}` does not say which of its columns is `{column}`.")
    if list(columns_of(value)).count(column) != 1:
        raise NotMeasured(f"`{side['name']}` does not have one column `{column}`.")
    return value[column].to_list()


def rows_of(value):
    """A key for each row: equal for equal rows."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series)):
        return pandas.util.hash_pandas_object(value, index=False).tolist()
    if hasattr(value, "tocsr"):
        # A copy: of two forms of a matrix the same rows can have other bytes.
        rows = value.tocsr().copy()
        rows.sum_duplicates()
        rows.eliminate_zeros()
        return [
            (rows.indices[a:b].tobytes(), rows.data[a:b].tobytes())
            for a, b in zip(rows.indptr[:-1], rows.indptr[1:], strict=True)
        ]
    if hasattr(value, "rows") and hasattr(value, "schema"):
        return [tuple(MISSING if is_missing(part) else part for part in row) for row in value.rows()]
    if hasattr(value, "tobytes") and getattr(value.dtype, "hasobject", False) is False:
        return [row.tobytes() for row in value]
    raise NotMeasured(f"Rows of a {type(value).__name__} are not compared.")


def kinds_of(value):
    """The types of its columns; two of a value can be equal and still have other bytes."""
    dtypes = getattr(value, "dtypes", None)
    return [str(kind) for kind in dtypes] if dtypes is not None else str(getattr(value, "dtype", None))


def columns_of(value):
    columns = getattr(value, "columns", None)
    return None if columns is None else list(columns)


def is_series(value):
    return getattr(value, "ndim", None) == 1 or type(value).__name__ == "Series"


def len_of(value):
    shape = getattr(value, "shape", None)
    if shape is not None and len(shape) > 0:
        return shape[0]
    if isinstance(value, (list, tuple)):
        return len(value)
    raise NotMeasured(f"A {type(value).__name__} has no rows to count.")


def present(values):
    return [value for value in values if not is_missing(value)]


def is_missing(value):
    """None, NaN, NaT and pandas' NA, each of which answers differently when it is compared with itself."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def same(x, y):
    return (type(x) is type(y) and x == y) or (is_number(x) and is_number(y) and float(x) == float(y))


def is_number(value):
    return isinstance(value, (int, float))


def auc(pairs, outcomes):
    """How well the input ranks two outcomes, from .5 to 1; None where it cannot rank, or there are not two."""
    if len(outcomes) != 2 or not all(is_number(x) for x, _ in pairs):
        return None
    positive = max(outcomes, key=str)
    ranks = ranked([float(x) for x, _ in pairs])
    count = outcomes[positive]
    total = sum(rank for rank, (_, y) in zip(ranks, pairs, strict=True) if y == positive)
    area = (total - count * (count + 1) / 2) / (count * (len(pairs) - count))
    return max(area, 1 - area)


def rho(pairs):
    """Spearman's rank correlation, without its sign; None where a side is no number, or all the same."""
    if not all(is_number(x) and is_number(y) for x, y in pairs):
        return None
    left, right = ranked([float(x) for x, _ in pairs]), ranked([float(y) for _, y in pairs])
    mean = (len(pairs) + 1) / 2
    both = sum((a - mean) * (b - mean) for a, b in zip(left, right, strict=True))
    spread = sum((a - mean) ** 2 for a in left) * sum((b - mean) ** 2 for b in right)
    return None if spread == 0 else abs(both) / spread**0.5


def ranked(values):
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for each in order[at : end + 1]:
            ranks[each] = (at + end) / 2 + 1
        at = end + 1
    return ranks


COUNTS = {
    "later-than": later_than,
    "repeats": repeats,
    "shared-rows": shared_rows,
    "shared-values": shared_values,
    "tells-target": tells_target,
}
