"""Feast's names for the types of features (`feast.types`), and the older `ValueType`."""

import enum


class Type:
    """The type of a feature's values; two are equal when their names are."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __eq__(self, other):
        return isinstance(other, Type) and other.name == self.name

    def __hash__(self):
        return hash(self.name)


Invalid = Type("Invalid")
Bytes = Type("Bytes")
String = Type("String")
Bool = Type("Bool")
Int32 = Type("Int32")
Int64 = Type("Int64")
Float32 = Type("Float32")
Float64 = Type("Float64")
UnixTimestamp = Type("UnixTimestamp")


def Array(base_type):
    """A list of `base_type`."""
    return Type(f"Array({base_type!r})")


class ValueType(enum.Enum):
    """The type of an entity's key, as older Feast definitions state it."""

    UNKNOWN = 0
    BYTES = 1
    STRING = 2
    INT32 = 3
    INT64 = 4
    DOUBLE = 5
    FLOAT = 6
    BOOL = 7
    UNIX_TIMESTAMP = 8
