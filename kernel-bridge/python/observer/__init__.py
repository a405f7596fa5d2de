"""The observer inside the kernel: journals what each cell read, wrote, fitted and scored.

Standard library only; joined to one text when Lookback is built. Its own errors become notes in the journal and never
reach the user. It never reads a data file.
"""
