"""Lightning's trainer, under both of its names: what it logged while it fitted, as curves, and what it tested."""

from __future__ import annotations

import weakref
from typing import Any

from ..metrics import Tie
from ..models import plain_of
from ..observer import Observer
from ..work import Doing, Fitting, Work
from ..wrapping import Around, wrap_own

# What the trainer logs of itself.
OWN = ("epoch", "step", "hp_metric")
MOST_POINTS = 20_000

_logged: weakref.WeakKeyDictionary[Any, dict[str, list[tuple[int, float]]]] = weakref.WeakKeyDictionary()


def adapt_trainer(observer: Observer, module: Any) -> None:
    def fitted(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        trainer = arguments[0]
        model: Any = arguments[1] if len(arguments) > 1 else keywords.get("model")
        parameters = plain_of(
            {
                **dict(getattr(model, "hparams", None) or {}),
                "epochs": trainer.current_epoch,
                "steps": trainer.global_step,
                "weights": sum(each.numel() for each in model.parameters()),
            }
        )
        told = observer.models.was_fitted(model, "fit", None, doing.took, parameters=parameters, predicts=True)
        for name, points in logged_of(trainer).items():
            rows: list[list[Any]] = [[step, value] for step, value in points]
            observer.metrics.table(f"history {name}", "curve", ["step", name], rows, Tie(fitted=told))
        tell(observer, trainer.callback_metrics, told, fitting=True)

    def tested(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model = arguments[1] if len(arguments) > 1 else keywords.get("model")
        told = observer.models.of(model if model is not None else arguments[0].lightning_module)
        for scores in result if isinstance(result, list) else []:
            tell(observer, scores, told, fitting=False)

    wrap_own(module.Trainer, "fit", Fitting(observer.within, "fit", fitted))
    for name in ("test", "validate"):
        wrap_own(module.Trainer, name, Work(observer.within, name, tested))


def tell(observer: Observer, scores: dict[str, Any], fitted: Any, *, fitting: bool) -> None:
    for name, value in scores.items():
        split = "train" if name.startswith("train") else "held out" if name.startswith(("val", "test")) else None
        observer.metrics.scored(name, value, Tie(None, fitted, split if fitting or split == "held out" else None))


def adapt_logging(observer: Observer, module: Any) -> None:
    def logged(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        trainer = arguments[0].trainer
        metrics = arguments[1] if len(arguments) > 1 else keywords.get("metrics") or {}
        points = logged_of(trainer)
        for name, value in metrics.items():
            line = points.setdefault(name, []) if name not in OWN else []
            if name not in OWN and observer.cell.room_for(f"points of {name}", MOST_POINTS):
                line.append((trainer.global_step, float(value)))

    connector = module._LoggerConnector
    wrap_own(connector, "log_metrics", Around(observer.calls, "log_metrics", logged))


def logged_of(trainer: Any) -> dict[str, list[tuple[int, float]]]:
    return _logged.setdefault(trainer, {})


ADAPTS = {
    "lightning.pytorch.trainer.trainer": adapt_trainer,
    "pytorch_lightning.trainer.trainer": adapt_trainer,
    "lightning.pytorch.trainer.connectors.logger_connector.logger_connector": adapt_logging,
    "pytorch_lightning.trainer.connectors.logger_connector.logger_connector": adapt_logging,
}
