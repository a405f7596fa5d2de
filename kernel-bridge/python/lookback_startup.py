"""Run by a kernel as it starts, by a line that a person let in: it observes the kernel before its first cell.

SETTINGS says who asks: an editor, by `prepared`, a folder with what starts the observer in each open folder; or the command line, by
`command`, which is asked for it where the workspace has a ledger, and by `log`, a file for what went wrong.
"""


def lookback_observe_from_start(shell, settings):
    import os
    import uuid

    # Who launches a kernel to observe it itself, or not at all, says so; its children are their own.
    if os.environ.pop("LOOKBACK_OBSERVES", None) == "itself":
        return
    if shell is None or getattr(shell, "lookback_session", None) is not None:
        return
    here = os.path.realpath(os.getcwd())
    session = uuid.uuid4().hex
    # A shell that serves nobody is a console itself.
    serves = hasattr(shell, "kernel")
    code = (
        prepared_code(settings, here, session)
        if "prepared" in settings
        else asked_code(settings, here, session, serves)
    )
    if code is None:
        return
    exec(compile(code, "lookback-startup", "exec"), {"get_ipython": lambda: shell})  # noqa: S102 - Lookback's own
    shell.lookback_session = session


def prepared_code(settings, here, session):
    """What the editor prepared for the innermost open folder that holds the kernel's working folder."""
    import glob
    import json
    import os

    folders = []
    for path in glob.glob(os.path.join(settings["prepared"], "*.json")):
        try:
            with open(path, encoding="utf-8") as file:
                prepared = json.load(file)
        except (OSError, ValueError):
            # Another window may be writing it: its own folder waits for the next kernel.
            continue
        root = os.path.realpath(prepared["folder"])
        if here == root or here.startswith(root.rstrip(os.sep) + os.sep):
            folders.append((len(root), prepared["code"]))
    return max(folders)[1].replace("lookback-pending-session", session) if folders else None


def asked_code(settings, here, session, serves):
    """What the command line answers, in a workspace that has a ledger."""
    import json
    import os
    import subprocess

    if not has_ledger(here):
        return None
    asked = {
        "session": session,
        "serves": serves,
        "named": os.environ.get("JPY_SESSION_NAME"),
        "callers": callers(),
    }
    answer = subprocess.run(
        settings["command"],
        cwd=here,
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        timeout=20,
        check=False,
    )
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip()[-2000:] or f"it exited with {answer.returncode}")
    return answer.stdout


def has_ledger(folder):
    """As `src/ledger/store/find-store.ts` finds it: the nearest folder upward with `.git` or `.lookback` counts."""
    import os

    while True:
        git = os.path.join(folder, ".git")
        if os.path.isfile(git):
            with open(git, encoding="utf-8") as pointer:
                git = os.path.join(folder, pointer.read().partition("gitdir:")[2].strip())
            common = os.path.join(git, "commondir")
            if os.path.isfile(common):
                with open(common, encoding="utf-8") as pointer:
                    git = os.path.join(git, pointer.read().strip())
            return os.path.isdir(os.path.join(git, "lookback"))
        if os.path.isdir(git):
            return os.path.isdir(os.path.join(git, "lookback"))
        if os.path.isdir(os.path.join(folder, ".lookback")):
            return True
        if os.path.dirname(folder) == folder:
            return False
        folder = os.path.dirname(folder)


def callers():
    """The command lines of the processes that this kernel was started by, the nearest first; none where the system does not tell cheaply."""
    import os

    lines = []
    pid = os.getppid()
    for _ in range(3):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as line:
                lines.append([word.decode("utf-8", "replace") for word in line.read().split(b"\0") if word])
            with open(f"/proc/{pid}/stat", encoding="latin-1") as stat:
                pid = int(stat.read().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            break
    return lines


def note_failure(settings, error):
    """In the log, of which the last hundred thousand characters are kept."""
    import datetime
    import os

    path = settings.get("log")
    if path is None:
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    kept = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as log:
            kept = log.read()[-100_000:]
    with open(path, "w", encoding="utf-8") as log:
        at = datetime.datetime.now().isoformat(timespec="seconds")
        log.write(f"{kept}{at} {os.getcwd()}: {type(error).__name__}: {error}\n")


try:
    lookback_observe_from_start(get_ipython(), SETTINGS)  # type: ignore[name-defined]  # noqa: F821
except Exception as error:  # noqa: BLE001
    # A person's kernel starts whatever becomes of its observation. Without a session an editor observes it later, and says so.
    try:
        note_failure(SETTINGS, error)  # type: ignore[name-defined]  # noqa: F821
    except Exception:  # noqa: BLE001
        pass
