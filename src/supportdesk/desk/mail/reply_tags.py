"""What stands in the address for answers, so that they find their ticket when a program drops References.

`1001.abcdefghijklmnop`: the ticket's number, and a proof made with the desk's secret that we told it to the
very address from which the answer comes. Letters and digits without case: some mail servers change it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from typing import NamedTuple

_MAC_BYTES = 10
_TAG = re.compile(r"(?<![0-9a-z])([0-9]{1,18})\.([a-z2-7]{16})@", re.ASCII)
_MOST = 20


class ReplyTag(NamedTuple):
    number: str
    mac: str

    def __str__(self) -> str:
        return f"{self.number}.{self.mac}"


def tag_for(secret: str, number: str, address: str) -> ReplyTag:
    """`number` of the ticket that a mail to `address` is about."""
    told = f"reply\n{number}\n{address.casefold()}".encode()
    digest = hmac.new(secret.encode(), told, hashlib.sha256).digest()[:_MAC_BYTES]
    return ReplyTag(number, base64.b32encode(digest).decode().lower())


def is_ours(tag: ReplyTag, secret: str, address: str) -> bool:
    """Whether we told it to `address`."""
    return bool(secret) and hmac.compare_digest(tag.mac, tag_for(secret, tag.number, address).mac)


def written_in(text: str) -> tuple[ReplyTag, ...]:
    """The first few different ones in what a mail says about to whom it went."""
    return tuple(dict.fromkeys(_few(text.casefold())))


def _few(text: str) -> Iterator[ReplyTag]:
    for _count, match in zip(range(_MOST), _TAG.finditer(text), strict=False):
        yield ReplyTag(match[1], match[2])
