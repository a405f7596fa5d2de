"""Native boosters of LightGBM."""


class Boosted:
    """Asks a booster with rows: it travels with the model."""

    def __init__(self, booster):
        self.booster = booster
        self.n_features_in_ = booster.num_feature()
        self.feature_names_in_ = booster.feature_name()

    def predict(self, rows):
        return self.booster.predict(rows)


def takes(model):
    return type(model).__module__.startswith("lightgbm.") and type(model).__name__ == "Booster"


def asked(model, names):
    return Boosted(model)
