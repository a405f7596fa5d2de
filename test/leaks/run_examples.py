"""Runs examples of leakage rules twice, the second time with some rows of a table changed, and says whether a model was given other values.

Reads [{"code", "main", "watched", "table", "changed", "how", "columns", "asks", "of"}, …] as JSON and writes for each true or false, or what it failed with: `changed`
are the rows of `table` that change, `watched` those of `main` of which the values are compared, both as pandas queries; `of` is what is compared,
"inputs" or "answers". Where there is no table, `asks` is a question about the names that the example leaves behind.
"""

import hashlib
import json
import os
import sys
import tempfile

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

keys = {"shop", "user", "customer", "order", "email", "who"}
moments = {
    "day",
    "paid_at",
    "started",
    "measured",
    "at",
    "asked_at",
    "visited_at",
    "changed_at",
    "seen",
    "valid_at",
    "ts",
} | {
    "updated_at",
    "event_ts",
    "ingested_at",
}


def main():
    os.chdir(tempfile.mkdtemp())
    original = tables()
    print(json.dumps([answer(case, original) for case in json.load(sys.stdin)]))


def answer(case, original):
    """Whether it leaks, or what it failed with."""
    try:
        return leaks(case, original)
    except Exception as error:  # noqa: BLE001  whatever an example raises is the answer
        return f"{type(error).__name__}: {error}"


def leaks(case, original):
    if case["table"] is None:
        names, _ = run(case["code"], original)
        return bool(eval(case["asks"], names))
    other = {**original, case["table"]: changed(original[case["table"]], case)}
    before, after = run(case["code"], original)[1], run(case["code"], other)[1]
    watched = None if case["watched"] is None else original[case["main"]].query(case["watched"]).index
    return values(before, case["of"], watched) != values(after, case["of"], watched)


def run(code, files):
    """The names an example leaves behind, and what its models were given."""
    for name, table in files.items():
        table.to_csv(name, index=False)
    given = []

    class Model:
        def fit(self, inputs, answers=None):
            given.append((inputs, answers))
            return self

        def score(self, inputs, answers):
            given.append((inputs, answers))
            return 0.5

    names = {"pd": pd, "np": np, "train_test_split": split, "SVC": Model, "Ridge": Model}
    exec(compile(code, "example", "exec"), names)  # noqa: S102  the examples of our own rules
    return names, given


def split(*arrays, **options):
    """The same rows on each side in both runs."""
    return train_test_split(*arrays, **options) if "shuffle" in options else train_test_split(*arrays, random_state=0)


def values(given, of, watched):
    """All that models were given of the watched rows, as text."""
    parts = [pair[0] if of == "inputs" else pair[1] for pair in given]
    if watched is not None:
        parts = [part[part.index.isin(watched)] for part in parts]
    assert sum(len(part) for part in parts) > 0, "no watched row reached a model"
    return [part.sort_index().to_json() for part in parts]


def changed(table, case):
    rows = table.eval(case["changed"]).to_numpy()
    assert 0 < rows.sum() < len(table), case["changed"]
    if case["how"] == "drop":
        return table[~rows]
    table = table.copy()
    if case["how"] == "touch":
        table.loc[rows, "updated_at"] = later(table.loc[rows, "updated_at"])
        return table.sort_values("updated_at", kind="stable")
    for name in case["columns"] or [column for column in table if column not in keys | moments]:
        column = table[name]
        other = column * 3 + 7 if pd.api.types.is_numeric_dtype(column) else column + "x"
        table[name] = column.where(~rows, other)
    return table


def later(column):
    return (pd.to_datetime(column) + pd.Timedelta("30d")).dt.strftime("%Y-%m-%d")


def tables():
    """A thousand rows of each, in time's order, from 2021-10-01 on by days; rides, orders and weather from 2024-01-01 on by hours."""
    random = np.random.default_rng(7)
    count = 1000
    days = pd.Series(pd.date_range("2021-10-01", periods=count, freq="D").strftime("%Y-%m-%d"))
    number = pd.Series(np.arange(count))
    people = "p" + (number % 5).astype(str)

    def amounts(most=100):
        return pd.Series(random.integers(1, most, count).astype(float))

    def with_gaps(column):
        return column.where((number % 11 != 0) & (days != "2023-05-31"))

    def minutes(step, first):
        start = pd.Timestamp("2024-01-01") + pd.Timedelta(minutes=first)
        return pd.Series(pd.date_range(start, periods=count, freq=f"{step}min").strftime("%Y-%m-%d %H:%M"))

    half_hours, hours = minutes(30, 10), minutes(60, 0)
    emails = pd.Series([f"{at}@example.org" for at in range(count)])
    who = emails.map(lambda email: hashlib.sha256(email.encode()).hexdigest())
    sales = {"price": with_gaps(amounts()), "cost": with_gaps(amounts()), "sold": amounts(), "more": number % 2}
    weather = pd.DataFrame({"measured": hours, "at": hours, "rain": amounts()})
    is_out = weather["measured"].between("2024-01-10 13:00", "2024-01-11 12:00")
    visits = {
        "visited_at": days,
        "day": days,
        "customer": people,
        "user": people,
        "page": amounts(),
        "pages": amounts(),
    }
    states = {
        "changed_at": days,
        "seen": days,
        "valid_at": days,
        "customer": people,
        "user": people,
        "balance": amounts(),
    }
    return {
        "sales.csv": pd.DataFrame({"day": days, "shop": people, **sales}),
        "load.csv": pd.DataFrame({"hour": days, "at": days, "wind": with_gaps(amounts()), "load": amounts()}),
        "prices.csv": pd.DataFrame({"day": days, "price": amounts(), "volume": amounts(), "up": number % 2}),
        "payments.csv": pd.DataFrame({"paid_at": days, "user": people, "amount": amounts(), "fraud": number % 2}),
        "labels.csv": pd.DataFrame({"asked_at": days, "customer": people, "user": people, "paid": number % 2}),
        "visits.csv": pd.DataFrame(visits),
        "states.csv": pd.DataFrame({**states, "tier": "t" + number.astype(str), "country": "c" + number.astype(str)}),
        "accounts.csv": pd.DataFrame(
            {"updated_at": days, "event_ts": days, "ingested_at": days, "user": people, "balance": amounts()}
        ),
        "spend.csv": pd.DataFrame({"ts": days, "user": "u" + (number % 50).astype(str), "amount": amounts()}),
        "rides.csv": pd.DataFrame({"started": half_hours, "at": half_hours, "price": amounts(), "late": number % 2}),
        "weather.csv": weather[~is_out],
        "orders.csv": pd.DataFrame(
            {"order": number, "at": half_hours, "user": people, "amount": amounts(), "returned": number % 2}
        ),
        "houses.csv": pd.DataFrame({"area": amounts(), "price": amounts(900000)}),
        "ticks.csv": pd.DataFrame({"at": minutes(15, 0), "price": amounts()}),
        "people.csv": pd.DataFrame({"email": emails, "income": amounts()}),
        "anonymous_visits.csv": pd.DataFrame({"who": who, "pages": amounts(), "bought": number % 2}),
    }


main()
