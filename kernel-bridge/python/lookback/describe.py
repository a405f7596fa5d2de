"""Live definitions as JSON: the shape the language server reads from text, without places."""

from datetime import timedelta

from .definitions import Aggregate, DefinitionError


def describe(training_set):
    """Everything the training set rests on, each definition once, in the order of its features."""
    names = list(dict.fromkeys(reference.split(":", 1)[0] for reference in training_set.features))
    views = [training_set.views[name] for name in names]
    sources = by_name("sources", [training_set.spine, *(view.source for view in views)], source_json)
    entities = by_name("entities", [entity for view in views for entity in view.entities], entity_json)
    return {
        "entities": [entity_json(entity) for entity in entities.values()],
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


def by_name(kind, definitions, said):
    """Definitions by their names, of which a join would take one for the other where two say different things."""
    found = {}
    for definition in definitions:
        other = found.setdefault(definition.name, definition)
        if said(other) != said(definition):
            raise DefinitionError(
                f'Two {kind} are called "{definition.name}" and say different things; give one of them another name.'
            )
    return found


def entity_json(entity):
    return {"name": entity.name, "variable": None, "joinKeys": entity.join_keys}


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
