"""Small pictures of people, which travel whole with what is known of them."""

import struct

from supportdesk.i18n import _

MAX_BYTES = 32 * 1024
MIN_EDGE, MAX_EDGE = 32, 256
"""Pixels."""
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def portrait_problem(content: bytes) -> str:
    """Why this is no picture of a person; '' when it is. What is in it is only known to who draws it."""
    head = content[: len(_PNG) + 8]
    if not head.startswith(_PNG) or len(head) < len(_PNG) + 8:
        return _("The picture must be a PNG.")
    width, height = struct.unpack(">II", head[len(_PNG) :])
    if not all(MIN_EDGE <= edge <= MAX_EDGE for edge in (width, height)):
        text = _("The picture must be {least} to {most} pixels wide and high.")
        return text.format(least=MIN_EDGE, most=MAX_EDGE)
    if len(content) > MAX_BYTES:
        return _("The picture must have at most {limit} KB.").format(limit=MAX_BYTES // 1024)
    return ""
