"""Feast's classes with Feast's signatures, and the words Feast lacks. Stating them computes nothing and reads nothing."""

import difflib
from datetime import timedelta

from .durations import parse_duration
from .types import Type, ValueType

FUNCTIONS = ("mean", "sum", "count", "min", "max")

# Feast's arguments that mean nothing here.
VIEW_WORDS = {
    *("sink_source", "mode", "udf", "udf_string", "feature_transformation", "batch_engine", "batch_source"),
    *("stream_source", "enable_validation", "timestamp_field", "tiling_hop_size", "enable_tiling", "org", "version"),
    "enabled",
}
FIELD_WORDS = {"vector_index", "vector_length", "vector_search_metric"}

# Words that would change what a view holds. They are refused, not passed over.
NOT_BUILT = ("udf", "udf_string", "feature_transformation", "timestamp_field", "tiling_hop_size")

# The latest feature view of each name, for references such as "origin_weather:temp".
views_by_name = {}


class DefinitionError(ValueError):
    """A definition that contradicts itself or names what does not exist."""


class Entity:
    """What features are about: `join_keys` are the columns that identify one. They default to the entity's name."""

    def __init__(self, *, name, join_keys=None, value_type=None, description="", tags=None, owner=""):
        self.name = stated_name("An entity", name)
        keys = [name] if join_keys is None else list(join_keys)
        if not keys or not all(isinstance(key, str) and key for key in keys):
            raise DefinitionError(f'Entity "{name}": join_keys is a list of column names, for example ["{name}"].')
        if len(set(keys)) != len(keys):
            raise DefinitionError(f'Entity "{name}" names a join key twice: {", ".join(keys)}.')
        self.join_keys = keys
        self.value_type = ValueType.UNKNOWN if value_type is None else value_type
        self.description, self.tags, self.owner = description, dict(tags or {}), owner

    @property
    def join_key(self):
        """The first join key, as Feast calls it."""
        return self.join_keys[0]


class FileSource:
    """A Parquet or CSV file whose rows happened at `timestamp_field`. The name defaults to the path."""

    def __init__(
        self,
        *,
        path,
        name="",
        timestamp_field="",
        created_timestamp_column="",
        field_mapping=None,
        description="",
        tags=None,
        owner="",
        file_format=None,
        s3_endpoint_override=None,
        date_partition_column="",
        timestamp_field_type=None,
    ):
        if not isinstance(path, str) or not path:
            raise DefinitionError(f'FileSource "{name}": path is the file to read, for example "data/orders.parquet".')
        self.name, self.path = name or path, path
        self.timestamp_field = timestamp_field or None
        self.created_timestamp_column = created_timestamp_column or None
        self.field_mapping = dict(field_mapping or {})
        self.description, self.tags, self.owner = description, dict(tags or {}), owner


class Field:
    """One feature: a column of the view's source, and its type."""

    def __init__(self, *, name, dtype, description="", tags=None, **feast_only):
        self.name = stated_name("A field", name)
        refuse_unknown("Field", feast_only, FIELD_WORDS)
        if not isinstance(dtype, (Type, ValueType)):
            raise DefinitionError(f'Field "{name}": dtype is a type such as Float64, not {dtype!r}.')
        self.dtype, self.description, self.tags = dtype, description, dict(tags or {})


class Aggregate:
    """A feature computed over the last `time_window` before the moment asked about: `mean`, `sum`, `count`, `min` or `max`.

    Without a `name` it is called after all three: the sum of `minutes` over a day is `sum_minutes_86400s`.
    """

    def __init__(self, *, input_column, function, time_window, name=None):
        self.input_column = input_column.name if isinstance(input_column, Field) else input_column
        if not isinstance(self.input_column, str) or not self.input_column:
            raise DefinitionError("Aggregate: input_column is the name of a column of the source.")
        if function not in FUNCTIONS:
            raise DefinitionError(f"Aggregate: no function {function!r}.{did_you_mean(function, FUNCTIONS)}")
        self.function, self.time_window = function, duration("Aggregate: time_window", time_window)
        if not self.time_window:
            raise DefinitionError("Aggregate: time_window is longer than zero.")
        self.name = name or f"{function}_{self.input_column}_{int(self.time_window.total_seconds())}s"


class FeatureView:
    """Features of `entities` read from `source`: columns (`schema`) or trailing windows (`aggregations`).

    `ttl`: how old a value may be; None or zero means any age. `data_delay`: a row can be read this long after its
    time. `upper`: "inclusive" (the default) when a row readable at the very moment asked about counts, else "exclusive".
    `created_time`: "bounds" (the default) when a row cannot be read before its source's created_timestamp_column says that
    it was written, "ties" when that column only decides between rows of one event time, as Feast reads it.
    Feast's own classes lack these words; there the tags `lookback.data_delay` ("45min"), `lookback.upper` and
    `lookback.created_time` say them.
    """

    def __init__(
        self,
        *,
        name,
        source,
        schema=None,
        entities=None,
        ttl=timedelta(0),
        online=True,
        offline=False,
        description="",
        tags=None,
        owner="",
        data_delay=None,
        upper=None,
        created_time=None,
        aggregations=None,
        **feast_only,
    ):
        self.name = stated_name("A feature view", name)
        refuse_unknown("FeatureView", feast_only, VIEW_WORDS)
        if not isinstance(source, FileSource):
            raise DefinitionError(f'FeatureView "{name}": source is a FileSource, not {source!r}.')
        if not all(isinstance(entity, Entity) for entity in entities or []):
            raise DefinitionError(f'FeatureView "{name}": entities is a list of Entity.')
        tags = dict(tags or {})
        upper = upper or tags.get("lookback.upper", "inclusive")
        if data_delay is None:
            data_delay = tags.get("lookback.data_delay")
        if upper not in ("inclusive", "exclusive"):
            raise DefinitionError(f'FeatureView "{name}": upper is "inclusive" or "exclusive", not {upper!r}.')
        created_time = created_time or tags.get("lookback.created_time", "bounds")
        if created_time not in ("bounds", "ties"):
            raise DefinitionError(f'FeatureView "{name}": created_time is "bounds" or "ties", not {created_time!r}.')
        for word in NOT_BUILT:
            if feast_only.get(word):
                raise DefinitionError(f'FeatureView "{name}": {word} is not built yet; the join would pass over it.')
        if not source.timestamp_field:
            raise DefinitionError(
                f'FeatureView "{name}": its source "{source.name}" has no timestamp_field, '
                "so nobody can tell which of its rows were known when."
            )
        self.source, self.entities = source, list(entities or [])
        self.schema, self.aggregations = list(schema or []), list(aggregations or [])
        self.ttl = duration(f'FeatureView "{name}": ttl', ttl) or None
        self.data_delay = duration(f'FeatureView "{name}": data_delay', data_delay)
        self.upper, self.created_time, self.online, self.offline = upper, created_time, online, offline
        self.description, self.tags, self.owner = description, tags, owner
        repeated = first_repeated([feature.name for feature in self.features])
        if repeated:
            raise DefinitionError(f'FeatureView "{name}" has two features named "{repeated}".')
        if not self.features:
            raise DefinitionError(f'FeatureView "{name}" has no features: give it a schema or aggregations.')
        views_by_name[name] = self

    @property
    def features(self):
        """Its fields, join keys left out as Feast does, then its aggregates."""
        keys = {key for entity in self.entities for key in entity.join_keys}
        return [field for field in self.schema if field.name not in keys] + self.aggregations


BatchFeatureView = FeatureView


def stated_name(what, name):
    if not isinstance(name, str) or not name:
        raise DefinitionError(f"{what} needs a name, not {name!r}.")
    return name


def duration(what, value):
    parsed = parse_duration(value)
    if parsed is None:
        stated = f'"{value}"' if isinstance(value, str) else repr(value)
        raise DefinitionError(f'{what}: {stated} is no duration. Write timedelta(minutes=45), or "45min".')
    if parsed < timedelta(0):
        raise DefinitionError(f"{what} is a duration of zero or more, not {parsed}.")
    return parsed


def refuse_unknown(class_name, given, known):
    for word in given:
        if word not in known:
            words = [
                *known,
                "schema",
                "entities",
                "ttl",
                "data_delay",
                "upper",
                "aggregations",
                "tags",
                "owner",
                "dtype",
            ]
            raise DefinitionError(f'{class_name} has no argument "{word}".{did_you_mean(word, words)}')


def first_repeated(names):
    return next((name for at, name in enumerate(names) if name in names[:at]), None)


def did_you_mean(word, words):
    close = difflib.get_close_matches(str(word), list(words), n=1)
    return f' Did you mean "{close[0]}"?' if close else ""
