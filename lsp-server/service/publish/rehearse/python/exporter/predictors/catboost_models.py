"""Models of CatBoost: they keep the columns they were fitted on under a name of their own."""


class Boosted:
    """Asks a model with rows: it travels with the model."""

    def __init__(self, model):
        self.model = model
        names = list(model.feature_names_)
        self.n_features_in_ = len(names)
        if names != [str(at) for at in range(len(names))]:
            self.feature_names_in_ = names
        if hasattr(model, "predict_proba"):
            self.classes_ = model.classes_

    def predict(self, rows):
        return self.model.predict(rows)

    def predict_proba(self, rows):
        return self.model.predict_proba(rows)


def takes(model):
    return type(model).__module__.startswith("catboost.")


def asked(model, names):
    return Boosted(model)
