"""Run by a kernel as it starts, by the line that a person let into jupyter.runStartupCommands: it observes the kernel before its first cell."""


def lookback_observe_from_start(shell):
    """Starts the observer that the editor prepared for the innermost open folder that holds the kernel's working folder."""
    import glob
    import json
    import os
    import uuid

    if shell is None or getattr(shell, "lookback_session", None) is not None:
        return
    here = os.path.realpath(os.getcwd())
    folders = []
    # The editor writes the folder here as it lays this file down.
    for path in glob.glob(os.path.join(PREPARED, "*.json")):  # type: ignore[name-defined]  # noqa: F821
        try:
            with open(path, encoding="utf-8") as file:
                prepared = json.load(file)
        except (OSError, ValueError):
            # Another window may be writing it: its own folder waits for the next kernel.
            continue
        root = os.path.realpath(prepared["folder"])
        if here == root or here.startswith(root.rstrip(os.sep) + os.sep):
            folders.append((len(root), prepared["code"]))
    if not folders:
        return
    session = uuid.uuid4().hex
    code = max(folders)[1].replace("lookback-pending-session", session)
    exec(compile(code, "lookback-startup", "exec"), {"get_ipython": lambda: shell})  # noqa: S102 - the editor's own
    shell.lookback_session = session


try:
    lookback_observe_from_start(get_ipython())  # type: ignore[name-defined]  # noqa: F821
except Exception:  # noqa: BLE001
    # A person's kernel starts whatever becomes of its observation. Without a session the editor observes it later, and says so.
    pass
