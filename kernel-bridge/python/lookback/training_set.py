"""What a model learns from: the moments of a spine, each with the features that could be known then."""

from .definitions import DefinitionError, FileSource, did_you_mean, first_repeated, stated_name, views_by_name
from .from_feast import source_of, view_of, views_in_main
from .join import join


class TrainingSet:
    """One row for each row of `spine`, at its `timestamp_field`, with every feature as it could be known then.

    `features`: references "view:feature". The views they name are those defined so far, the latest of a name; pass
    `views` to name others. Feast's own sources and views will do. `label`: the column of the spine to predict.
    """

    def __init__(self, name, spine, label=None, features=(), *, views=None):
        self.name = stated_name("A training set", name)
        spine = source_of(spine)
        if not isinstance(spine, FileSource):
            raise DefinitionError(f'TrainingSet "{name}": spine is a FileSource, not {spine!r}.')
        if not spine.timestamp_field:
            raise DefinitionError(f'TrainingSet "{name}": its spine "{spine.name}" has no timestamp_field.')
        self.spine, self.label, self.features = spine, label, list(features)
        known = [*views_by_name.values(), *views_in_main()] if views is None else map(view_of, views)
        self.views = {view.name: view for view in known}
        for reference in self.features:
            self.check(reference)
        repeated = first_repeated([reference.split(":", 1)[1] for reference in self.features])
        if repeated:
            raise DefinitionError(f'TrainingSet "{name}": two features are named "{repeated}"; a column can hold one.')

    def check(self, reference):
        """Refuses a reference to what does not exist."""
        view_name, colon, feature = reference.partition(":") if isinstance(reference, str) else ("", "", "")
        if not colon or not view_name or not feature:
            raise DefinitionError(f'TrainingSet "{self.name}": a feature is named "view:feature", not {reference!r}.')
        view = self.views.get(view_name)
        if view is None:
            raise DefinitionError(
                f'TrainingSet "{self.name}": no feature view "{view_name}".{did_you_mean(view_name, self.views)}'
            )
        names = [each.name for each in view.features]
        if feature not in names:
            advice = did_you_mean(feature, names) or f" It has {', '.join(names)}."
            raise DefinitionError(f'TrainingSet "{self.name}": "{view_name}" has no feature "{feature}".{advice}')

    def to_df(self):
        """The training set as a pandas DataFrame: the spine's columns, then a column for each feature, in spine order."""
        return join(self)
