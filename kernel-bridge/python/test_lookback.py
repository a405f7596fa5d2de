"""Tests of the SDK that need nothing but Python: python3 -m unittest test_lookback."""

import json
import os
import sys
import tempfile
import textwrap
import unittest
from datetime import timedelta
from pathlib import Path
from unittest import mock

from lookback import (
    Aggregate,
    BatchFeatureView,
    DefinitionError,
    Entity,
    FeatureView,
    Field,
    FileSource,
    Float64,
    Int64,
    JoinError,
    String,
    TrainingSet,
    metric,
    observed,
)
from lookback.describe import describe
from lookback.types import Array, ValueType

origin = Entity(name="origin")
flights = FileSource(name="flights", path="flights.csv", timestamp_field="predicted_at")
weather = FileSource(
    name="weather",
    path="weather.csv",
    timestamp_field="time_hour",
    created_timestamp_column="written_at",
    field_mapping={"temperature": "temp"},
)


def weather_view(**changes):
    return FeatureView(
        **{
            "name": "origin_weather",
            "entities": [origin],
            "source": weather,
            "ttl": timedelta(hours=6),
            "data_delay": timedelta(minutes=45),
            "schema": [Field(name="origin", dtype=String), Field(name="temp", dtype=Float64)],
            **changes,
        }
    )


class Definitions(unittest.TestCase):
    def test_described_as_the_language_server_reads_them(self):
        weather_view(owner="met")
        BatchFeatureView(
            name="departures",
            entities=[origin],
            source=flights,
            upper="exclusive",
            aggregations=[Aggregate(input_column="dep_delay", function="mean", time_window="3h")],
        )
        late = TrainingSet("late", flights, "is_late", ["origin_weather:temp", "departures:mean_dep_delay_10800s"])
        described = describe(late)
        self.assertEqual(described["entities"], [{"name": "origin", "variable": None, "joinKeys": ["origin"]}])
        self.assertEqual(
            described["sources"],
            [
                {
                    "name": "flights",
                    "variable": None,
                    "path": "flights.csv",
                    "timestampField": "predicted_at",
                    "createdTimestampColumn": None,
                },
                {
                    "name": "weather",
                    "variable": None,
                    "path": "weather.csv",
                    "timestampField": "time_hour",
                    "createdTimestampColumn": "written_at",
                },
            ],
        )
        self.assertEqual(
            described["views"],
            [
                {
                    "name": "origin_weather",
                    "variable": None,
                    "entities": ["origin"],
                    "source": "weather",
                    "ttlUs": 6 * 3_600_000_000,
                    "delayUs": 45 * 60_000_000,
                    "upper": "inclusive",
                    "createdTime": "bounds",
                    "features": [{"kind": "latest", "name": "temp", "column": "temperature", "type": "Float64"}],
                    "owner": "met",
                },
                {
                    "name": "departures",
                    "variable": None,
                    "entities": ["origin"],
                    "source": "flights",
                    "ttlUs": None,
                    "delayUs": 0,
                    "upper": "exclusive",
                    "createdTime": "bounds",
                    "features": [
                        {
                            "kind": "window",
                            "name": "mean_dep_delay_10800s",
                            "column": "dep_delay",
                            "function": "mean",
                            "windowUs": 10_800_000_000,
                        }
                    ],
                    "owner": None,
                },
            ],
        )
        self.assertEqual(
            described["trainingSets"],
            [
                {
                    "name": "late",
                    "variable": None,
                    "spine": "flights",
                    "label": "is_late",
                    "features": ["origin_weather:temp", "departures:mean_dep_delay_10800s"],
                }
            ],
        )

    def test_the_words_of_feast_are_accepted(self):
        self.assertEqual(Entity(name="car", join_keys=["car_id"], value_type=ValueType.INT64).join_key, "car_id")
        self.assertEqual(FileSource(path="a.parquet").name, "a.parquet")
        self.assertEqual(repr(Array(Int64)), "Array(Int64)")
        tagged = weather_view(data_delay=None, tags={"lookback.data_delay": "1h 30min", "lookback.upper": "exclusive"})
        self.assertEqual((tagged.data_delay, tagged.upper), (timedelta(minutes=90), "exclusive"))

    def test_the_latest_view_of_a_name_counts(self):
        weather_view()
        newer = weather_view(ttl=None)
        self.assertIs(TrainingSet("t", flights, features=["origin_weather:temp"]).views["origin_weather"], newer)

    def test_two_sources_of_one_name_are_refused_unless_they_say_the_same(self):
        def view(name, path):
            source = FileSource(name="readings", path=path, timestamp_field="t")
            return FeatureView(name=name, source=source, entities=[origin], schema=[Field(name=name, dtype=Float64)])

        def rows(*paths):
            views = [view(name, path) for name, path in zip("ab", paths, strict=True)]
            return TrainingSet("two", spine=flights, features=["a:a", "b:b"], views=views)

        self.assertEqual([source["path"] for source in describe(rows("x", "x"))["sources"]], ["flights.csv", "x"])
        with self.assertRaisesRegex(DefinitionError, 'Two sources are called "readings"'):
            describe(rows("x", "y"))

    def test_contradictions_are_refused_in_plain_words(self):
        weather_view()
        refused = [
            (lambda: Entity(name=""), "An entity needs a name, not ''."),
            (lambda: Entity(name="a", join_keys=["b", "b"]), 'Entity "a" names a join key twice: b, b.'),
            (lambda: FileSource(path="", name="s"), 'FileSource "s": path is the file to read'),
            (lambda: Field(name="x", dtype="float"), "Field \"x\": dtype is a type such as Float64, not 'float'."),
            (lambda: Aggregate(input_column="x", function="maen", time_window="1h"), 'Did you mean "mean"?'),
            (lambda: Aggregate(input_column="x", function="sum", time_window=0), "time_window is longer than zero"),
            (lambda: weather_view(entities=["origin"]), "entities is a list of Entity."),
            (lambda: weather_view(tll=None), 'FeatureView has no argument "tll". Did you mean "ttl"?'),
            (lambda: weather_view(ttl=-timedelta(hours=1)), "ttl is a duration of zero or more"),
            (lambda: weather_view(data_delay="soon"), '"soon" is no duration'),
            (lambda: weather_view(schema=[]), "has no features"),
            (lambda: weather_view(upper="both"), 'upper is "inclusive" or "exclusive"'),
            (lambda: weather_view(source=FileSource(path="p")), 'its source "p" has no timestamp_field'),
            (lambda: TrainingSet("t", origin), "spine is a FileSource"),
            (lambda: TrainingSet("t", flights, features=["temp"]), "a feature is named \"view:feature\", not 'temp'."),
            (lambda: TrainingSet("t", flights, features=["orign_weather:temp"]), 'Did you mean "origin_weather"?'),
            (lambda: TrainingSet("t", flights, features=["origin_weather:tmp"]), 'Did you mean "temp"?'),
            (
                lambda: TrainingSet("t", flights, features=["origin_weather:temp"] * 2),
                'two features are named "temp"; a column can hold one.',
            ),
        ]
        for define, message in refused:
            with self.subTest(message), self.assertRaises(DefinitionError) as caught:
                define()
            self.assertIn(message, str(caught.exception))


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        weather_view()
        self.late = TrainingSet("late", flights, features=["origin_weather:temp"])

    def compiler(self, code):
        Path("compiler.py").write_text(textwrap.dedent(code), encoding="utf-8")
        return mock.patch.dict(os.environ, LOOKBACK_COMPILER=json.dumps([sys.executable, "compiler.py"]))

    def write_files(self):
        for name in ("flights.csv", "weather.csv"):
            Path(name).write_text("origin\n", encoding="utf-8")

    def failure(self):
        with self.assertRaises(JoinError) as caught:
            self.late.to_df()
        return str(caught.exception)

    def test_a_missing_file_is_named(self):
        self.assertIn('The file "flights.csv" does not exist in', self.failure())

    def test_without_a_compiler_it_says_how_to_get_one(self):
        self.write_files()
        with mock.patch.dict(os.environ):
            os.environ.pop("LOOKBACK_COMPILER", None)
            self.assertIn("lookback run NOTEBOOK", self.failure())

    def test_a_compiler_that_refuses_is_quoted(self):
        self.write_files()
        with self.compiler('import sys; sys.exit("No column temp.")'):
            self.assertEqual(self.failure(), 'The training set "late" does not compile. No column temp.')

    def test_a_compiler_that_cannot_run_is_said(self):
        self.write_files()
        for command in ("not json", '["/nowhere/lookback"]'):
            with mock.patch.dict(os.environ, LOOKBACK_COMPILER=command):
                self.assertIn('The compiler could not be run, so "late" was not read.', self.failure())

    def test_the_compiler_gets_the_definitions_and_the_folder(self):
        self.write_files()
        answer = """
            import json, os, sys
            assert os.environ["ELECTRON_RUN_AS_NODE"] == "1"
            request = json.load(sys.stdin)
            json.dump(request, open("request.json", "w"))
            print(json.dumps({"sql": "SELECT 1", "digest": "d"}))
        """
        hidden = {"duckdb": None}
        with self.compiler(answer), mock.patch.dict(sys.modules, hidden):
            self.assertIn("this kernel has no duckdb. Run: pip install duckdb pandas", self.failure())
        request = json.loads(Path("request.json").read_text(encoding="utf-8"))
        self.assertEqual(request["trainingSet"], "late")
        self.assertEqual(request["root"], os.getcwd())
        self.assertEqual(request["definitions"], describe(self.late))


class Observed(unittest.TestCase):
    def test_metrics_reach_the_observer_and_its_errors_do_not_reach_the_user(self):
        seen = []

        def broken(name, value):
            raise OSError("disk full")

        observed.on_metric[:] = [broken, lambda name, value: seen.append((name, value))]
        self.addCleanup(observed.on_metric.clear)
        self.assertEqual(metric("auc", 0.7), 0.7)
        self.assertEqual(seen, [("auc", 0.7)])
        with self.assertRaises(ValueError):
            metric("auc", "high")


if __name__ == "__main__":
    unittest.main()
