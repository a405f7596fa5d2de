"""Rows that nobody sampled: what a model is asked with on a bad day, made of rows it answers by changing one value of each."""

MOST_COLUMNS = 24
MOST_ROWS = 400
FEWEST_ROWS = 40
# Seconds that a model may be asked about them.
LONGEST = 10
NUMBERS = [
    None,
    float("inf"),
    float("-inf"),
    0.0,
    -1.0,
    1e300,
    -1e300,
    1e39,
    -1e39,
    3.4e38,
    1e22,
    float(2**53 + 2),
    5e-324,
    -1e-40,
    0.1,
]
WHOLE = [None, 0, -1, 7, 2**31, 2**53 + 1, -(2**53) - 1]
TRUTHS = [None, True, False]
TEXTS = [None, "", " ", "unseen", "Größe ☃", "nan", "0", "1e5", "\u200b", "x" * 3000]


def hostile_rows(rows, answered, seconds):
    """Columns of hostile rows, and the input that makes each one so (None: all do).

    `answered` tells which of the rows the model answers, `seconds` how long it takes for one: what it refuses is asked one by one.
    """
    bases = [at for at, answer in enumerate(answered) if answer is not None]
    if not bases:
        return [[] for _ in rows.columns], []
    width = len(rows.columns)
    made = []
    for turn, at in enumerate(spread(list(range(width)), MOST_COLUMNS)):
        for value in values_for(rows.types[at], rows.columns[at]):
            row = [column[bases[(turn * 7 + len(made)) % len(bases)]] for column in rows.columns]
            row[at] = value
            made.append((row, rows.names[at]))
    made = spread(made, max(FEWEST_ROWS, min(MOST_ROWS, int(LONGEST / max(seconds, 1e-6)))))
    base = [column[bases[-1]] for column in rows.columns]
    made.append(([None] * width, None))
    made.append(([value if isinstance(value, (str, bool)) or value is None else 0 * value for value in base], None))
    return [list(column) for column in zip(*(row for row, _ in made), strict=True)], [name for _, name in made]


def values_for(kind, column):
    known = [value for value in column if value is not None]
    if kind == "bool":
        return TRUTHS
    if kind == "string":
        texts = sorted(set(known))[:2]
        return [*TEXTS, *(change(text) for text in texts for change in (str.upper, "{} ".format))]
    if kind == "int64":
        return [*WHOLE, *([min(known) - 1, max(known) + 1] if known else [])]
    return [*NUMBERS, *beside(known)]


def beside(known):
    """Numbers that only float64 tells from some of the column: a threshold in float32 has them on its other side."""
    import math

    some = spread(sorted(set(known)), 5)
    finite = [value for value in some if math.isfinite(value)]
    return [math.nextafter(value, to) for value in finite for to in (math.inf, -math.inf)]


def spread(values, most):
    if len(values) <= most:
        return values
    return [values[at * (len(values) - 1) // (most - 1)] for at in range(most)]
