"""One WebSocket, one language server: each frame carries one JSON-RPC message."""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from .node_runtime import NodeUnavailable, find_node, server_entry

LARGEST_MESSAGE = 512 * 1024 * 1024
CLOSE_UNAVAILABLE = 4001
CLOSE_SERVER_ENDED = 4002


class LanguageServerSocket(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """Authenticated and Origin-checked like a kernel's socket; its server ends when the socket closes."""

    auth_resource = "kernels"
    process: Any = None

    @property
    def max_message_size(self):
        return LARGEST_MESSAGE

    def set_default_headers(self):
        """JupyterHandler's headers make no sense on a socket."""

    def get_compression_options(self):
        return self.settings.get("websocket_compression_options", None)

    @ws_authenticated
    async def get(self):
        # A language server runs kernels and writes files: ask for the right that running a kernel asks for.
        allowed = self.authorizer.is_authorized(self, self.current_user, "execute", "kernels")
        if not await ensure_async(allowed):
            raise web.HTTPError(403)
        await super().get()

    async def open(self):
        super().open()
        self.loop = asyncio.get_running_loop()
        try:
            node, _ = await self.loop.run_in_executor(None, find_node)
            # The page may have gone while Node was looked for: nobody would end a server started now.
            if self.ws_connection is None:
                return
            self.process = self._spawn(node)
        except (NodeUnavailable, OSError) as error:
            self.log.error("Lookback: %s", error)
            # A close reason holds 123 bytes; the whole message is at lookback/status.
            self.close(CLOSE_UNAVAILABLE, str(error)[:110])
            return
        threading.Thread(target=self._pump_out, daemon=True).start()
        threading.Thread(target=self._pump_log, daemon=True).start()

    async def on_message(self, message):
        # Tornado reads no further frame until this returns: a server that is slow to read slows the page.
        body = message.encode() if isinstance(message, str) else message
        await self.loop.run_in_executor(None, self._write, body)

    def on_close(self):
        if self.process is not None:
            threading.Thread(target=_end, args=(self.process,), daemon=True).start()

    def _spawn(self, node):
        return subprocess.Popen(
            [node, str(server_entry()), "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(self.settings["server_root_dir"]).expanduser(),
            # Publishing runs the notebook again: with this Python, unless told otherwise.
            env={"LOOKBACK_PYTHON": sys.executable, **os.environ},
            start_new_session=True,
        )

    def _write(self, body):
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()
        except (OSError, ValueError):
            # The server has ended; _pump_out closes the socket and the page opens another.
            return

    def _pump_out(self):
        while (body := _read_message(self.process.stdout)) is not None:
            try:
                # Waiting for the frame to leave is the backpressure: a slow page slows the server.
                asyncio.run_coroutine_threadsafe(self._send(body), self.loop).result()
            except (WebSocketClosedError, RuntimeError):
                break
        self.loop.call_soon_threadsafe(self.close, CLOSE_SERVER_ENDED, "The language server ended.")

    async def _send(self, body):
        await self.write_message(body)

    def _pump_log(self):
        for line in self.process.stderr:
            text = line.decode(errors="replace").rstrip()
            self.log.log(_level(text), "lookback: %s", text)


def _level(line):
    """The server logs JSON lines that name their level; what is not one of them (a crash) is a warning."""
    try:
        named = json.loads(line)["level"]
    except (ValueError, TypeError, KeyError):
        return logging.WARNING
    return {"debug": logging.DEBUG, "info": logging.INFO, "error": logging.ERROR}.get(named, logging.WARNING)


def _read_message(stream):
    length = None
    while (line := stream.readline()) not in (b"", b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if line == b"" or length is None:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def _end(process):
    """Ends the server and all it started: asked first, then told. What it detached on purpose lives on."""
    # Not here: where a server that hangs reads nothing more, whoever writes to it holds the pipe, and closing would wait for ever.
    threading.Thread(target=_close, args=(process.stdin,), daemon=True).start()
    for ask in (None, getattr(signal, "SIGTERM", None), getattr(signal, "SIGKILL", signal.SIGTERM)):
        if ask is not None:
            _signal_group(process, ask)
        try:
            process.wait(timeout=2)
            break
        except subprocess.TimeoutExpired:
            continue
    # Children may outlive their leader.
    _signal_group(process, getattr(signal, "SIGKILL", signal.SIGTERM))


def _close(stream):
    try:
        stream.close()
    except (OSError, ValueError):
        return


def _signal_group(process, number):
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        return
