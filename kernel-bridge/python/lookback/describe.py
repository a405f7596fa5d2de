"""Live definitions as JSON: the shape the language server reads from text, without places."""

from datetime import timedelta

from .definitions import Aggregate


def describe(training_set):
    """Everything the training set rests on, each definition once, in the order of its features."""
    names = list(dict.fromkeys(reference.split(":", 1)[0] for reference in training_set.features))
    views = [training_set.views[name] for name in names]
    sources = {source.name: source for source in [training_set.spine, *(view.source for view in views)]}
    entities = {entity.name: entity for view in views for entity in view.entities}
    return {
        "entities": [
            {"name": entity.name, "variable": None, "joinKeys": entity.join_keys} for entity in entities.values()
        ],
        "sources": [source_json(source) for source in sources.values()],
        "views": [view_json(view) for view in views],
        "trainingSets": [
            {
                "name": training_set.name,
                "variable": None,
                "spine": training_set.spine.name,
                "label": training_set.label,
                "features": training_set.features,
            }
        ],
        "problems": [],
    }


def source_json(source):
    return {
        "name": source.name,
        "variable": None,
        "path": source.path,
        "timestampField": source.timestamp_field,
        "createdTimestampColumn": source.created_timestamp_column,
    }


def view_json(view):
    return {
        "name": view.name,
        "variable": None,
        "entities": [entity.name for entity in view.entities],
        "source": view.source.name,
        "ttlUs": None if view.ttl is None else microseconds(view.ttl),
        "delayUs": microseconds(view.data_delay),
        "upper": view.upper,
        "createdTime": view.created_time,
        "features": [feature_json(feature, view) for feature in view.features],
        "owner": view.owner or None,
    }


def feature_json(feature, view):
    columns = {name: column for column, name in view.source.field_mapping.items()}
    if isinstance(feature, Aggregate):
        return {
            "kind": "window",
            "name": feature.name,
            "column": columns.get(feature.input_column, feature.input_column),
            "function": feature.function,
            "windowUs": microseconds(feature.time_window),
        }
    return {
        "kind": "latest",
        "name": feature.name,
        "column": columns.get(feature.name, feature.name),
        "type": feature.dtype.name,
    }


def microseconds(duration):
    return duration // timedelta(microseconds=1)
