"""A process that holds one fitted model and answers for the pipeline. `work.py` is where it begins."""
