"""What holds rows, whatever library it is of."""


def is_frame(value):
    """Whether this is a frame of pandas, of a library that builds on it, or of polars."""
    return any(
        each.__name__ == "DataFrame" and each.__module__.split(".")[0] in ("pandas", "polars")
        for each in type(value).__mro__
    )


def as_frame(value):
    """A frame of pandas; of polars one with the same columns."""
    import pandas

    if isinstance(value, pandas.DataFrame):
        return value
    return pandas.DataFrame({name: value[name].to_list() for name in value.columns}, columns=list(value.columns))


def is_matrix(value):
    """Whether this is a table without names: an array of two dimensions, or a sparse one."""
    return getattr(value, "ndim", None) == 2 and not is_frame(value) and hasattr(value, "dtype")


def is_array(value):
    """Whether this is an array of rows, of whatever more dimensions."""
    return getattr(value, "ndim", 0) >= 2 and not is_frame(value) and hasattr(value, "dtype")


def is_texts(value):
    """Whether this is a list or a column of texts."""
    if isinstance(value, (list, tuple)):
        first = value[:100]
    elif type(value).__name__ == "Series" or (getattr(value, "ndim", 0) == 1 and hasattr(value, "tolist")):
        first = list(value[:100])
    else:
        return False
    return len(first) > 0 and all(isinstance(each, str) for each in first)


def texts_of(value):
    """The texts as Python's own, without those that are missing."""
    listed = value.to_list() if hasattr(value, "to_list") else list(value)
    return [str(each) for each in listed if each is not None and each == each]


def listed_dicts(value):
    """Whether this is a list of dicts whose keys are texts."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and all(isinstance(key, str) for key in each) for each in value[:100])
