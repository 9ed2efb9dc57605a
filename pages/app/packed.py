"""Packs the scripts of Streamlit on their way to the browser: once, and then for everyone.

Streamlit sends them as they are, because it would pack them anew for each visitor; the first chart
alone is 4,7 MB. Their names change with their content, so what was packed stays right.
"""

import asyncio
import gzip
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
KINDS = ("text/", "application/javascript", "application/json", "image/svg", "application/wasm")
LEVEL = 6  # of 9: three times as fast as the highest, and within a hundredth as small
SMALLEST = 1_000  # bytes: less fits in one packet as it is
_NOT_AS_MADE = (b"range", b"if-none-match", b"if-modified-since", b"if-range")


class Packed:
    """Answers for a script with what was packed before; lets everything else through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, Sequence[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _may_be_packed(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        answer = self._kept.get(path)
        if answer is None:
            answer = await self._answer(scope, receive)
            if _stays(answer):
                answer = self._kept[path] = await asyncio.to_thread(_packed, answer)
        for message in answer:
            await send(message)

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        """All that the server says to a visitor who has nothing of it yet."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        asked = [pair for pair in scope["headers"] if pair[0] not in _NOT_AS_MADE]
        await self.app({**scope, "headers": asked}, receive, keep)
        return messages


MIDDLEWARE = [Middleware(Packed)]


def _may_be_packed(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and scope["path"].startswith(STATIC)
        and "gzip" in Headers(scope=scope).get("accept-encoding", "")
    )


def _stays(answer: Sequence[Message]) -> bool:
    """Whether the server says itself that this file never changes."""
    start = answer[0]
    told = Headers(raw=start["headers"])
    return start["status"] == 200 and "immutable" in told.get("cache-control", "")


def _packed(answer: Sequence[Message]) -> Sequence[Message]:
    """The same answer with less bytes; as it is when there is nothing to gain."""
    content = b"".join(message.get("body", b"") for message in answer)
    start = {**answer[0], "headers": [*answer[0]["headers"]]}
    told = MutableHeaders(raw=start["headers"])
    if told.get("content-type", "").startswith(KINDS) and len(content) >= SMALLEST:
        content = gzip.compress(content, LEVEL, mtime=0)
        told["content-encoding"] = "gzip"
        told["content-length"] = str(len(content))
        told["vary"] = "accept-encoding"
        del told["etag"]  # that of the file as it is; nobody asks again for what never changes
    return start, {"type": "http.response.body", "body": content}
