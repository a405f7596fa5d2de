"""The kinds of model that are written here, one file each, since skl2onnx writes them in float32. Each says `takes(model)` and gives `nodes(model)`."""
