"""Libraries of models that read and write their files past Python."""

from __future__ import annotations

from ..file_calls import FileCall, adapts


def read(function: str, at: int, keyword: str) -> FileCall:
    return FileCall("read", function, at, keyword)


def write(function: str, at: int, keyword: str) -> FileCall:
    return FileCall("write", function, at, keyword)


SAFE = [read("load_file", 0, "filename"), write("save_file", 1, "filename")]
ADAPTS = adapts(
    {
        "lightgbm": [
            read("Dataset.__init__", 1, "data"),
            read("Booster.__init__", 3, "model_file"),
            write("Dataset.save_binary", 1, "filename"),
            write("Booster.save_model", 1, "filename"),
        ],
        "xgboost": [
            read("DMatrix.__init__", 1, "data"),
            read("Booster.__init__", 3, "model_file"),
            read("Booster.load_model", 1, "fname"),
            read("XGBModel.load_model", 1, "fname"),
            write("Booster.save_model", 1, "fname"),
            write("Booster.dump_model", 1, "fout"),
            write("XGBModel.save_model", 1, "fname"),
            write("DMatrix.save_binary", 1, "fname"),
        ],
        "catboost": [
            read("Pool.__init__", 1, "data"),
            read("CatBoost.load_model", 1, "fname"),
            write("CatBoost.save_model", 1, "fname"),
        ],
        "torch": [read("load", 0, "f"), write("save", 1, "f")],
        "torch.jit": [read("load", 0, "f"), write("save", 1, "f")],
        "torch.export": [read("load", 0, "f"), write("save", 1, "f")],
        "torch.onnx": [write("export", 2, "f")],
        "onnx": [read("load", 0, "f"), read("load_model", 0, "f"), write("save", 1, "f"), write("save_model", 1, "f")],
        "onnxruntime": [read("InferenceSession.__init__", 1, "path_or_bytes")],
        "safetensors": [read("safe_open.__init__", 1, "filename")],
        "safetensors.numpy": SAFE,
        "safetensors.torch": SAFE,
        "keras": [read("saving.load_model", 0, "filepath"), read("models.load_model", 0, "filepath")],
    }
)
