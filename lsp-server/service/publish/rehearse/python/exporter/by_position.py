"""Steps that choose columns by their names, as steps that choose them by their places."""

import copy


def chooses_columns(step):
    """Whether a step takes each of its columns by itself, so that they may come in any order."""
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import FeatureUnion, Pipeline

    if isinstance(step, Pipeline):
        return chooses_columns(step.steps[0][1])
    if isinstance(step, FeatureUnion):
        return all(chooses_columns(each) for _, each in step.transformer_list)
    return isinstance(step, ColumnTransformer)


def by_position(step, names, order):
    """A copy of a step whose columns come at `order`, each at its place among `names`."""
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import FeatureUnion, Pipeline

    if isinstance(step, Pipeline):
        made = copy.copy(step)
        (name, first), *others = step.steps
        made.steps = [(name, by_position(first, names, order)), *others]
        return made
    if isinstance(step, FeatureUnion):
        made = copy.copy(step)
        made.transformer_list = [(name, by_position(each, names, order)) for name, each in step.transformer_list]
        return made
    if not isinstance(step, ColumnTransformer):
        return step
    made = copy.copy(step)
    made.transformers_ = [(name, each, placed(columns, names, order)) for name, each, columns in step.transformers_]
    return made


def placed(columns, names, order):
    """The places of columns that are named by texts, numbers, a slice or a mask; of one that was not in a list, one."""
    import numpy

    if isinstance(columns, (str, int)):
        return order[names.index(columns) if isinstance(columns, str) else columns]
    if isinstance(columns, slice):
        start, stop = (names.index(each) if isinstance(each, str) else each for each in (columns.start, columns.stop))
        # A slice of names has its last one, too.
        stop = stop + 1 if isinstance(columns.stop, str) else stop
        columns = list(range(len(names)))[slice(start, stop, columns.step)]
    chosen = list(columns)
    if chosen and all(isinstance(each, (bool, numpy.bool_)) for each in chosen):
        chosen = numpy.flatnonzero(chosen)
    return [order[names.index(each) if isinstance(each, str) else int(each)] for each in chosen]
