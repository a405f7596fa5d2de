"""The steps before a model that are written or refused here, one file each. Each names its `CLASS` and gives `shape`, and `convert` where skl2onnx's own is not used."""
