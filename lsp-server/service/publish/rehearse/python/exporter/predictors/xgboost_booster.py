"""A native booster of XGBoost, which takes no rows but its own matrix of them."""


class Boosted:
    """Asks a booster with rows: it travels with the model."""

    def __init__(self, booster):
        self.booster = booster
        self.n_features_in_ = booster.num_features()
        if booster.feature_names:
            self.feature_names_in_ = list(booster.feature_names)

    def predict(self, rows):
        import xgboost

        named = {} if hasattr(rows, "columns") else {"feature_names": self.booster.feature_names}
        return self.booster.predict(xgboost.DMatrix(rows, enable_categorical=True, **named))


def takes(model):
    return type(model).__module__.startswith("xgboost.") and type(model).__name__ == "Booster"


def asked(model, names):
    return Boosted(model)
