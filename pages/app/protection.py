"""What stands between the browser and the pages: who may ask what, and what a page may load."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

COOKIE = "kpi_bezoek"  # a random text per browser; it says nothing about anybody
OPEN = ("stream", "health", "host-config", "upload_file")  # of the inner addresses of Streamlit
MEDIA, INNER = "/media/", "/_stcore/"
NO_HOST = "Open de monitor op het adres dat het venster noemt waarin hij draait."
NOT_HERE = "Dit adres bestaat niet."
NOT_YOURS = "Dit bestand is gemaakt in een ander venster. Maak het opnieuw."
_INLINE = re.compile(r"<script>([^<]*)</script>")
_visits: dict[str, str] = {}  # by session of Streamlit the cookie of its browser


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

        refused = _refused(asked, cookie)
        await (refused or self.app)(scope, receive, send_with_headers)


MIDDLEWARE = [Middleware(Protection)]


def remember_visit() -> None:
    """Note which browser this session is of; its downloads are only for that one."""
    context = get_script_run_ctx()
    cookie = st.context.cookies.get(COOKIE, "")
    if context and cookie:
        _visits[context.session_id] = cookie


def headers(host: str) -> dict[str, str]:
    """The headers of every answer: a page loads nothing from elsewhere and is in no frame."""
    sources = {
        "default-src": "'none'",
        "script-src": f"'self' {' '.join(_own_scripts())} 'wasm-unsafe-eval'",
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


_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?")


@cache
def _own_scripts() -> tuple[str, ...]:
    """The scripts that stand in Streamlit's own page, by their hash: no other may stand there."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(text.encode()).digest() for text in _INLINE.findall(page))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _set_cookie(cookie: str) -> str:
    return f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Strict"


def _refused(asked: HTTPConnection, cookie: str) -> ASGIApp | None:
    """The answer to a request that is not let through, None when it is."""
    path = asked.url.path
    if not _is_allowed(asked.headers):
        return PlainTextResponse(NO_HOST, 403)
    if asked.scope["type"] == "websocket":
        return None
    if path.startswith(INNER) and path.removeprefix(INNER).split("/")[0] not in OPEN:
        return PlainTextResponse(NOT_HERE, 404)
    if path.startswith(MEDIA) and cookie not in _owners(path):
        return PlainTextResponse(NOT_YOURS, 403)
    return None


def _is_allowed(sent: Headers) -> bool:
    """Whether the browser asked for this server by a name of ours: another may belong to a
    page elsewhere that pretends to be this computer."""
    allowed = st.get_option("server.allowedHosts")
    name = re.sub(r":\d+$", "", sent.get("host", "")).strip("[]").lower()
    return not allowed or name in allowed


def _owners(path: str) -> Iterator[str]:
    """The browsers whose session made this file."""
    name = path.removeprefix(MEDIA).split(".")[0]
    # Streamlit has no open way to ask this; a test holds us to the version that we know.
    made: Mapping[str, Mapping[str, str]] = (
        get_instance().media_file_mgr._files_by_session_and_coord  # noqa: SLF001
    )
    for session, files in list(made.items()):
        if name in list(files.values()) and session in _visits:
            yield _visits[session]
