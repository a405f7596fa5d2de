"""Lookback for JupyterLab: the panels, and the socket that brings the language server to them."""

from pathlib import Path

from .language_server_socket import LanguageServerSocket
from .status import StatusHandler


def _jupyter_labextension_paths():
    folder = Path(__file__).parent / "labextension"
    if not folder.is_dir():
        folder = Path(__file__).parents[2] / "labextension"
    return [{"src": str(folder), "dest": "@lookback/jupyterlab"}]


def _jupyter_server_extension_points():
    return [{"module": "lookback_jupyterlab"}]


def _load_jupyter_server_extension(server_app):
    """Adds `lookback/lsp` (the socket) and `lookback/status` beside Jupyter's own handlers."""
    from jupyter_server.utils import url_path_join

    base_url = server_app.web_app.settings["base_url"]
    server_app.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base_url, "lookback", "lsp"), LanguageServerSocket),
            (url_path_join(base_url, "lookback", "status"), StatusHandler),
        ],
    )
