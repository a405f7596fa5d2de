"""Takes a model over the channel, then answers requests one at a time until the channel ends."""

from __future__ import annotations

import os
import sys
from typing import Any

from .answers import read_answers
from .channel import Channel
from .fault import Fault, clause_of
from .model import load_model, method_of
from .requirements import check
from .rows import builder


def work() -> None:
    # The folder that it was started in holds nothing that a model may import.
    sys.path[:] = [entry for entry in sys.path if entry != ""]
    channel = Channel()
    settings = channel.next()
    try:
        check(settings["python"], settings["packages"])
        if settings["probe"]:
            channel.send({"ready": True})
            os._exit(0)
        model, template = load_model(channel.next_bytes())
        ask = method_of(model, settings["method"], settings["classes"])
        build = builder(settings["takes"], template, settings["inputs"])
    except Fault as fault:
        channel.send(fault.as_json())
        os._exit(0)
    channel.send({"ready": True})
    while True:
        request = channel.next()
        channel.send(answer(build, ask, request["columns"]))


def answer(build: Any, ask: Any, columns: list[list[Any]]) -> dict[str, Any]:
    try:
        answered, kinds = read_answers(run(ask, made(build, columns)), len(columns[0]))
    except Fault as fault:
        return fault.as_json()
    except Exception as error:  # noqa: BLE001 - an answer may be of any class, with any way to be read
        return Fault("refused", f"its answer cannot be read ({clause_of(error)})").as_json()
    return {"rows": answered, "kinds": kinds}


def made(build: Any, columns: list[list[Any]]) -> Any:
    try:
        return build(columns)
    except Fault:
        raise
    except Exception as error:
        raise Fault("refused", f"the rows cannot be made as it was fitted on them ({clause_of(error)})") from error


def run(ask: Any, rows: Any) -> Any:
    """The code of a model may fail in any way, or try to end the process: both are a refusal of these rows alone."""
    try:
        return ask(rows)
    except BaseException as error:
        raise Fault("refused", f"it refused the rows ({clause_of(error)})") from error
