"""The key that a desk seals documents with, and the certificates by which its seals are known.

A desk that is given no key makes its own, once. A certificate that was ever told stays: old seals hold.
"""

import base64
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading, writing

_OWN = "seal_identity"
_CERTIFICATES = "seal_certificates"


class SealIdentity(NamedTuple):
    pkcs12: bytes
    password: str

    def __repr__(self) -> str:
        return "SealIdentity()"


def own(connection: Connection) -> SealIdentity:
    """What `prepare` made. Within a transaction."""
    return SealIdentity(base64.b64decode(settings.value(connection, _OWN)), settings.secret(connection))


def certificates(connection: Connection) -> tuple[bytes, ...]:
    """In DER. Within a transaction."""
    written = settings.value(connection, _CERTIFICATES)
    return msgspec.json.decode(written, type=tuple[bytes, ...]) if written else ()


def prepare(
    connection: Connection,
    vendor: str,
    now: datetime,
    *,
    given: SealIdentity | None = None,
    trusted: tuple[bytes, ...] = (),
) -> None:
    """Before the first seal. `trusted` are certificates besides that of the identity, in DER.

    Raises InvalidInput for a given identity that cannot be used.
    """
    from supportdesk.pdf.identity import certificate_of, make_identity

    with reading(connection):
        present, made = certificates(connection), settings.value(connection, _OWN)
    if given is None and made and set(trusted) <= set(present):
        return
    with writing(connection):
        if given is None and not settings.value(connection, _OWN):
            pkcs12 = make_identity(vendor, settings.made_secret(connection), now)
            settings.put_value(connection, _OWN, base64.b64encode(pkcs12).decode())
        certificate = certificate_of(*(given or own(connection)))
        wanted = dict.fromkeys((*certificates(connection), certificate, *trusted))
        settings.put_value(connection, _CERTIFICATES, msgspec.json.encode(list(wanted)).decode())
