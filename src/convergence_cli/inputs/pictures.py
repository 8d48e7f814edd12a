"""A logo: a PNG or SVG of somebody's, with nothing left in it but the picture."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Literal
from xml.etree import ElementTree

from ..problems import InputError, mistake
from .files import read_source

Kind = Literal["png", "svg+xml"]
MOST_BYTES = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
SVG = "http://www.w3.org/2000/svg"
SHAPES = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use"),
    *("style", "title", "desc"),
}
ATTRIBUTE = re.compile(r"(?!on|src$)[a-zA-Z][a-zA-Z0-9-]*")
LINK = "{http://www.w3.org/1999/xlink}href"
ELSEWHERE = re.compile(r"url\((?!\s*[\"']?#)|@|javascript:|data:|expression|\\\\", re.IGNORECASE)
"""What no value needs that only says how to draw."""


def read_picture(path: str) -> tuple[Kind, bytes]:
    """The picture at `path`; raises InputError where it is neither a PNG nor an SVG, or damaged."""
    data = read_source(path, regular=True).data
    try:
        if len(data) > MOST_BYTES:
            raise ValueError(f"it has {len(data):,} bytes, and {MOST_BYTES:,} are embedded")
        return ("png", b"".join(png_chunks(data))) if data.startswith(PNG) else ("svg+xml", clean_svg(data))
    except (ValueError, ElementTree.ParseError) as error:
        why = str(error) if isinstance(error, ValueError) else "it is neither a PNG nor an SVG"
        words = f"This picture cannot be used: {why}."
        raise InputError([mistake(words, tip="A logo is a PNG, or an SVG.", file=path)]) from None


def png_chunks(data: bytes) -> Iterator[bytes]:
    """The chunks that draw; those with text, times or anything else are left out."""
    yield PNG
    at, name = len(PNG), b""
    while name != b"IEND":
        size = int.from_bytes(data[at : at + 4])
        name, chunk = data[at + 4 : at + 8], data[at : at + 12 + size]
        if len(chunk) < 12 + size or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise ValueError("it is damaged")
        if name in KEPT_CHUNKS:
            yield chunk
        at += len(chunk)


def clean_svg(data: bytes) -> bytes:
    """Shapes and text, with the attributes that draw them: no script, style, link, image or entity."""
    if b"<!" in data.replace(b"<!--", b""):
        raise ValueError("it declares entities or a document type")
    root = ElementTree.fromstring(data)
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("it is no SVG")
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    clean(root)
    return ElementTree.tostring(root)


def clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        link = name in ("href", LINK)
        if (
            not (link or ATTRIBUTE.fullmatch(name))
            or ELSEWHERE.search(value)
            or (link and not value.startswith("#"))
        ):
            del element.attrib[name]
    if element.text and ELSEWHERE.search(element.text) and element.tag.endswith("}style"):
        element.text = ""
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{SVG}}}") in SHAPES:
            clean(child)
        else:
            element.remove(child)
