"""What stands between the browser and the pages: who may ask what, and what a page may load."""

import base64
import hashlib
import re
import secrets
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.own_files import COOKIE, may_have

OPEN = ("stream", "health", "host-config", "upload_file")  # of the inner addresses of Streamlit
MEDIA, INNER = "/media/", "/_stcore/"
NO_HOST = "Open de monitor op het adres dat het venster noemt waarin hij draait."
NOT_HERE = "Dit adres bestaat niet."
NOT_YOURS = "Dit bestand is gemaakt in een ander venster. Maak het opnieuw."
_NOT_AS_MADE = (b"range", b"accept-encoding")  # a part of a file, or a packed one
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?")
_INLINE = re.compile(r"<script>([^<]*)</script>")


class Protection:
    """Refuses strange names of the server and closed addresses; adds headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        cookie = asked.cookies.get(COOKIE) or secrets.token_urlsafe(24)
        fresh = {} if COOKIE in asked.cookies else {"Set-Cookie": _set_cookie(cookie)}
        added = {**headers(asked.headers.get("host", "")), **fresh}

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                extra = [(name.lower().encode(), text.encode()) for name, text in added.items()]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        app = _refused(asked) or self.app
        if scope["type"] == "http" and asked.url.path.startswith(MEDIA):
            app = _OwnFile(app, cookie)
        await app(scope, receive, send_with_headers)


class _OwnFile:
    """Hands out a file when all of it is there, and only to the browser that it was made for."""

    def __init__(self, app: ASGIApp, browser: str) -> None:
        self.app = app
        self.browser = browser

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        asked = [pair for pair in scope["headers"] if pair[0] not in _NOT_AS_MADE]
        await self.app({**scope, "headers": asked}, receive, keep)
        content = b"".join(message.get("body", b"") for message in messages)
        sent = Headers(raw=messages[0].get("headers", []))
        is_drawing = sent.get("content-type", "").startswith("image/")
        if not is_drawing and not may_have(content, self.browser):
            await PlainTextResponse(NOT_YOURS, 403)(scope, receive, send)
            return
        for message in messages:
            await send(message)


MIDDLEWARE = [Middleware(Protection)]


def headers(host: str) -> dict[str, str]:
    """The headers of every answer: a page loads nothing from elsewhere and is in no frame."""
    sources = {
        "default-src": "'none'",
        "script-src": f"'self' {' '.join(_own_scripts())} 'wasm-unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}" if _HOST.fullmatch(host) else "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {what}" for name, what in sources.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


@cache
def _own_scripts() -> tuple[str, ...]:
    """The scripts that stand in Streamlit's own page, by their hash: no other may stand there."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(text.encode()).digest() for text in _INLINE.findall(page))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _set_cookie(cookie: str) -> str:
    return f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Strict"


def _refused(asked: HTTPConnection) -> ASGIApp | None:
    """The answer to a request that is not let through, None when it is."""
    path = asked.url.path
    if not _is_allowed(asked.headers):
        return PlainTextResponse(NO_HOST, 403)
    if asked.scope["type"] == "websocket":
        return None
    if path.startswith(INNER) and path.removeprefix(INNER).split("/")[0] not in OPEN:
        return PlainTextResponse(NOT_HERE, 404)
    return None


def _is_allowed(sent: Headers) -> bool:
    """Whether the browser asked for this server by a name of ours: another may belong to a
    page elsewhere that pretends to be this computer."""
    allowed = st.get_option("server.allowedHosts")
    name = re.sub(r":\d+$", "", sent.get("host", "")).strip("[]").lower()
    return not allowed or name in allowed
