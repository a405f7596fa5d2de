"""What comes over HTTP and from remote file systems: by its address, the version that the server names, and a digest where it was read whole."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from ..observer import Observer
from ..wrapping import Around, wrap

MOST_HASHED = 32 << 20


def told(observer: Observer, address: str, headers: Any, content: bytes | None) -> None:
    length = str(headers.get("content-length") or "")
    observer.files.used(
        "read",
        address,
        kind="address",
        version=headers.get("etag") or headers.get("last-modified"),
        size=len(content) if content is not None else int(length) if length.isdigit() else None,
        sha256=hashlib.sha256(content).hexdigest() if content is not None and len(content) <= MOST_HASHED else None,
    )


def adapt_requests(observer: Observer, module: Any) -> None:
    def sent(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        # Only what has been read already: a stream is the person's to read.
        content = result.__dict__.get("_content")
        if getattr(result.request, "method", "") == "GET" and result.ok and not result.is_redirect:
            told(observer, result.url, result.headers, content if isinstance(content, bytes) else None)

    wrap(module.Session, "send", Around(observer.calls, "send", sent))


def adapt_httpx(observer: Observer, module: Any) -> None:
    def sent(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        content = result.__dict__.get("_content")
        if result.request.method == "GET" and result.is_success:
            told(observer, str(result.url), result.headers, content if isinstance(content, bytes) else None)

    for client in (module.Client, module.AsyncClient):
        wrap(client, "send", Around(observer.calls, "send", sent))


def adapt_urllib(observer: Observer, module: Any) -> None:
    def opened(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        request = arguments[0] if arguments else keywords.get("url")
        address = request if isinstance(request, str) else getattr(request, "full_url", "")
        method = "GET" if isinstance(request, str) else request.get_method() if request is not None else ""
        data = arguments[1] if len(arguments) > 1 else keywords.get("data")
        if method == "GET" and data is None and address.startswith(("http:", "https:", "ftp:")):
            told(observer, address, result.headers, None)

    wrap(module, "urlopen", Around(observer.calls, "urlopen", opened))


def adapt_fsspec(observer: Observer, module: Any) -> None:
    def opened(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        system, path = arguments[0], arguments[1] if len(arguments) > 1 else keywords.get("path")
        mode = str(arguments[2] if len(arguments) > 2 else keywords.get("mode", "rb"))
        address = system.unstrip_protocol(path)
        if not urlsplit(address).scheme or address.startswith(("file:", "local:", "memory:", "reference:")):
            return
        access = "write" if any(letter in mode for letter in "wxa+") else "read"
        held = getattr(result, "__dict__", {})
        details = next((held[name] for name in ("_details", "details") if isinstance(held.get(name), dict)), {})
        version = details.get("VersionId") or details.get("ETag") or details.get("etag")
        size = details.get("size", held.get("size")) if access == "read" else None
        observer.files.used(access, address, kind="address", version=version, size=size)

    wrap(module.AbstractFileSystem, "open", Around(observer.calls, "open", opened))


ADAPTS = {
    "requests.sessions": adapt_requests,
    "httpx": adapt_httpx,
    "urllib.request": adapt_urllib,
    "fsspec.spec": adapt_fsspec,
}
