"""Writes a fitted scikit-learn model as ONNX in float64, with rows to prove that it answers alike."""
