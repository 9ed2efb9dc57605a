"""Office files that are equal when they are made twice, and say that they are Dutch."""

import io
import zipfile

LANGUAGE = "nl-NL"
# For XlsxWriter: a text stays a text, whatever it looks like.
SAFELY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
OLDEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time, and no time zone
_ONLY_VISIBLE, _GAP = b'<c:plotVisOnly val="1"/>', b'<c:dispBlanksAs val="gap"/>'


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
            settled_file.writestr(part, _outspoken(name, source.read(name)))
    return target.getvalue()


def _ordered(names: list[str]) -> list[str]:
    """Office wants the list of contents first."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def _outspoken(name: str, content: bytes) -> bytes:
    """What XlsxWriter leaves unsaid about a chart: that it is Dutch, and that a gap is a gap."""
    if "/charts/chart" not in name or _GAP in content:
        return content
    dutch = content.replace(b'<c:lang val="en-US"/>', f'<c:lang val="{LANGUAGE}"/>'.encode())
    return dutch.replace(_ONLY_VISIBLE, _ONLY_VISIBLE + _GAP)
