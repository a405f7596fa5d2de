"""Feature definitions with Feast's own class names, training sets that never see the future, and metrics of a run."""

from . import observed
from .definitions import (
    Aggregate,
    BatchFeatureView,
    DefinitionError,
    Entity,
    FeatureView,
    Field,
    FileSource,
)
from .join import JoinError
from .observed import metric, note, param, tag
from .training_set import TrainingSet
from .types import (
    Array,
    Bool,
    Bytes,
    Float32,
    Float64,
    Int32,
    Int64,
    String,
    UnixTimestamp,
    ValueType,
)

# Where the observer of this kernel registers: called with a file's path, and with a metric's name and value.
_on_read = observed.on_read
_on_metric = observed.on_metric

__all__ = [
    "Aggregate",
    "Array",
    "BatchFeatureView",
    "Bool",
    "Bytes",
    "DefinitionError",
    "Entity",
    "FeatureView",
    "Field",
    "FileSource",
    "Float32",
    "Float64",
    "Int32",
    "Int64",
    "JoinError",
    "String",
    "TrainingSet",
    "UnixTimestamp",
    "ValueType",
    "metric",
    "note",
    "param",
    "tag",
]
