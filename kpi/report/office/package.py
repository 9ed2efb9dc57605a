"""Office files that are equal when they are made twice, and say that they are Dutch."""

import io
import zipfile

LANGUAGE = "nl-NL"
OLDEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time, and no time zone


def settled(content: bytes) -> bytes:
    """The same file with its parts in a fixed order and at a fixed time."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as settled_file,
    ):
        for name in _ordered(source.namelist()):
            part = zipfile.ZipInfo(name, OLDEST)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            settled_file.writestr(part, _in_dutch(name, source.read(name)))
    return target.getvalue()


def _ordered(names: list[str]) -> list[str]:
    """Office wants the list of contents first."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def _in_dutch(name: str, content: bytes) -> bytes:
    """Charts made by XlsxWriter say that they are American."""
    if "/charts/" not in name or not name.endswith(".xml"):
        return content
    return content.replace(b'<c:lang val="en-US"/>', b'<c:lang val="nl-NL"/>')
