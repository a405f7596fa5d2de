"""What a fitted model refuses of each input, found by asking it: a graph answers whatever it is given, and must be taught to refuse."""

from .hostile import spread

# From here on a number of float64 is infinite in float32.
FLOAT32_ENDS = 3.4028235677973366e38
PROBES = {"missing": [None], "infinite": [float("inf"), float("-inf")], "huge": [1e39, 1e300]}
SOME = 48


def refusals_of(asked, answered):
    """For each kind of refusal the places of the inputs it concerns; for texts, by place, the ones that are taken where others are not."""
    rows = asked.rows
    base = next((at for at, answer in enumerate(answered) if answer is not None), None)
    if base is None:
        raise ValueError("the model refuses every sampled row")
    first = [column[base] for column in rows.columns]
    numbers = [at for at, kind in enumerate(rows.types) if kind != "string"]
    doubles = [at for at, kind in enumerate(rows.types) if kind == "double"]
    return {
        "missing": refused_in(asked, first, numbers, PROBES["missing"]),
        "infinite": refused_in(asked, first, doubles, PROBES["infinite"]),
        "huge": refused_in(asked, first, doubles, PROBES["huge"]),
        "texts": texts_of(asked, first),
    }


def refused_in(asked, first, places, probes):
    """The places where every probe is refused. Of many columns some are tried, and the others only when those do not agree."""
    some = spread(places, SOME)
    refused = [at for at, all_refused in tried(asked, first, some, probes) if all_refused]
    if len(some) == len(places) or not refused:
        return refused
    if len(refused) == len(some):
        return places
    return [at for at, all_refused in tried(asked, first, places, probes) if all_refused]


def tried(asked, first, places, probes):
    if not places:
        return []
    made = [changed(first, at, probe) for at in places for probe in probes]
    answers = asked.answers([list(column) for column in zip(*made, strict=True)])
    step = len(probes)
    return [
        (at, all(each is None for each in answers[turn * step : turn * step + step])) for turn, at in enumerate(places)
    ]


def texts_of(asked, first):
    taken = {}
    for at, kind in enumerate(asked.rows.types):
        if kind != "string" or asked.rows.kind == "texts":
            continue
        [(_, refused)] = tried(asked, first, [at], ["lookback: never seen", ""])
        if refused:
            known = sorted(
                {value for value in asked.rows.columns[at] if value is not None} | categories_in(asked.model)
            )
            made = [changed(first, at, value) for value in known]
            answers = asked.answers([list(column) for column in zip(*made, strict=True)])
            taken[at] = [value for value, answer in zip(known, answers, strict=True) if answer is not None]
    return taken


def changed(row, at, value):
    return [*row[:at], value, *row[at + 1 :]]


def categories_in(model, depth=0):
    """Every text that an encoder inside the model knows."""
    found = set()
    for categories in getattr(model, "categories_", None) or []:
        found.update(value for value in categories.tolist() if isinstance(value, str))
    if depth < 6:
        for value in list(getattr(model, "__dict__", {}).values()):
            found.update(categories_of_any(value, depth + 1))
    return found


def categories_of_any(value, depth):
    if isinstance(value, (list, tuple)) and len(value) < 1000:
        return {text for each in value for text in categories_of_any(each, depth)}
    return categories_in(value, depth) if hasattr(value, "get_params") else set()
