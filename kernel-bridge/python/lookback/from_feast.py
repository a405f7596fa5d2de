"""Feast's own objects as Lookback's, so that a training set can rest on either. Feast itself is never imported here."""

import sys

from .definitions import Aggregate, DefinitionError, Entity, FeatureView, Field, FileSource
from .types import Type


def source_of(value):
    """A Feast FileSource as ours; anything else as it is."""
    if not is_feast(value, "FileSource"):
        return value
    return FileSource(
        name=value.name,
        path=value.path,
        timestamp_field=value.timestamp_field,
        created_timestamp_column=value.created_timestamp_column,
        field_mapping=value.field_mapping,
    )


def view_of(value):
    """A Feast feature view as ours; anything else as it is. Delay and bound are its tags `lookback.data_delay` and `lookback.upper`."""
    if not is_feast(value, "FeatureView", "BatchFeatureView", "StreamFeatureView"):
        return value
    return FeatureView(
        name=value.name,
        source=source_of(value.batch_source),
        entities=[entity_named(name, value) for name in value.entities if name != "__dummy"],
        ttl=value.ttl,
        tags=value.tags,
        owner=value.owner,
        schema=[Field(name=field.name, dtype=Type(str(field.dtype))) for field in value.features],
        aggregations=[
            Aggregate(
                input_column=each.column, function=each.function, time_window=each.time_window, name=each.name or None
            )
            for each in getattr(value, "aggregations", None) or []
        ],
    )


def views_in_main():
    """The Feast views among the variables of the notebook or script being run, as far as they read files."""
    views = []
    for value in list(vars(sys.modules["__main__"]).values()):
        try:
            view = view_of(value)
        except DefinitionError:
            continue
        if view is not value:
            views.append(view)
    return views


def entity_named(name, view):
    """Feast's views keep only the names of their entities: the entity itself is a variable, or its key a column of the view."""
    for value in list(vars(sys.modules["__main__"]).values()):
        if is_feast(value, "Entity") and value.name == name:
            return Entity(name=name, join_keys=[value.join_key])
    columns = [column.name for column in view.entity_columns]
    return Entity(name=name, join_keys=columns if len(view.entities) == 1 and columns else None)


def is_feast(value, *names):
    kind = type(value)
    return kind.__module__.split(".")[0] == "feast" and kind.__name__ in names
