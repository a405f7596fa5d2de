"""What the page asks before it opens the socket: where the workspace is, and whether the server can start."""

import asyncio
from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from tornado import web

from .node_runtime import NodeUnavailable, find_node, server_entry


class StatusHandler(APIHandler):
    """`GET lookback/status`: `rootUri`, `node` (null when there is none) and `problem` (null when all is well)."""

    @web.authenticated
    async def get(self):
        problem = None
        node = None
        try:
            path, version = await asyncio.get_running_loop().run_in_executor(None, find_node)
            node = {"path": path, "version": version}
            if not server_entry().is_file():
                problem = f"The language server is missing: {server_entry()} does not exist."
        except NodeUnavailable as error:
            problem = str(error)
        self.finish({"rootUri": root_uri(self), "node": node, "problem": problem})


def root_uri(handler):
    """The folder Jupyter serves, as a file URI without a trailing slash."""
    return Path(handler.settings["server_root_dir"]).expanduser().resolve().as_uri()
