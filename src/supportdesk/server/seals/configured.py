"""With what the documents of each vendor are sealed, as the configuration says."""

from pathlib import Path

from supportdesk import pdf
from supportdesk.desk.store.seal_identity import SealIdentity
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _
from supportdesk.server import extras
from supportdesk.server.configuration import Configuration, SealKey
from supportdesk.server.seals.sealer import Seals
from supportdesk.server.seals.time_stamps import TimeStamps


def seals(configuration: Configuration, vendor: str) -> Seals:
    """Raises InvalidInput."""
    told, field = configuration.sign.get(vendor), f"sign.{vendor}"
    if told is None and configuration.sign_key is not None:
        told = SealKey(key=configuration.sign_key, password=configuration.sign_key_password)
        field = "sign_key"
    if told is None and not configuration.time_stamp_url:
        return Seals()
    if not pdf.is_available():
        raise InvalidInput(
            _("Sealing documents needs libraries that are not installed."),
            field=field,
            next_step=extras.advice("sign"),
        )
    url = configuration.time_stamp_url
    return Seals(
        identity=_seal_identity(told, field) if told else None,
        fetch_stamp=TimeStamps(url).fetch if url else None,
        trusted=tuple(
            der for file in configuration.time_stamp_certificates for der in _certificates(_content(file))
        ),
    )


def _seal_identity(told: SealKey, field: str) -> SealIdentity:
    """Raises InvalidInput."""
    from supportdesk.pdf.identity import demand_identity

    if told.key is None:
        text = _("[{table}] names no key, such as {line}.")
        raise InvalidInput(text.format(table=field, line='key = "seal.p12"'), field=field)
    content = _content(told.key)
    try:
        demand_identity(content, told.password)
    except InvalidInput as error:
        raise InvalidInput(f"{told.key}: {error}", field=field) from error
    return SealIdentity(content, told.password)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        text = _("The file {file} cannot be read: {what}")
        raise InvalidInput(text.format(file=file, what=error.strerror), field=file.name) from error


def _certificates(content: bytes) -> list[bytes]:
    from supportdesk.pdf.identity import certificates_in

    return certificates_in(content)
