"""What the seal of a PDF proves: by whom, when, and whether a single bit was changed since.

pyHanko verifies the signature; this module adds what it leaves open. Its `valid` says that the signature
fits the signed attributes, not that it fits the file; and a signature may cover a part of a file. Here the
whole file counts: every byte is either signed or part of the signature, written in the one way in which it
can be written.
"""

import asyncio
import io
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from supportdesk.domain.documents import LIMITS, DocumentLimits, Seal, Standing
from supportdesk.domain.errors import DocumentTooLarge, InvalidInput
from supportdesk.i18n import _
from supportdesk.pdf.guard import reading

# It tells the log at length why a signer is not trusted, which is what a Seal says.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")


def check(data: bytes, trusted: Sequence[bytes] = (), limits: DocumentLimits = LIMITS) -> Seal:
    """`trusted` are certificates (DER or PEM) that vouch: the vendor's own, or that of an authority.

    Raises DocumentDamaged for a file that cannot be read at all, DocumentTooLarge, and InvalidInput for a
    certificate that is none.
    """
    if len(data) > limits.max_bytes:
        raise DocumentTooLarge
    roots = [_certificate(each) for each in trusted]
    with reading():
        signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
    if not signatures:
        return Seal(standing=Standing.UNSEALED)
    if len(signatures) > 1:
        return Seal(standing=Standing.CHANGED, appended=True)
    try:
        return _judged(signatures[0], data, roots)
    except Exception:  # noqa: BLE001 - whatever cannot be verified was changed
        return Seal(standing=Standing.CHANGED)


def _judged(signature: EmbeddedPdfSignature, data: bytes, roots: list[x509.Certificate]) -> Seal:
    start, until, after, length = (int(each) for each in signature.byte_range)
    whole = start == 0 and after + length == len(data) and _is_canonical(data[until:after], signature)
    claimed = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=_aware(claimed))
    status = asyncio.run(
        async_validate_pdf_signature(signature, context, key_usage_settings=_USAGE, skip_diff=True)
    )
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.trusted)
    unchanged = whole and status.intact and status.valid and (not stamp or (stamp.intact and stamp.valid))
    signed_at = stamp.timestamp if stamp and stamped else claimed
    trusted = status.trusted and _was_valid(signature.signer_cert, _aware(signed_at))
    return Seal(
        standing=_standing(unchanged=unchanged, trusted=trusted),
        signed_by=str(signature.sig_object.get("/Name", "")),
        sealed_by=_name_of(signature.signer_cert),
        signed_at=_aware(signed_at) if signed_at else None,
        time_stamped=stamped,
        appended=after + length < len(data),
    )


def _standing(*, unchanged: bool, trusted: bool) -> Standing:
    if not unchanged:
        return Standing.CHANGED
    return Standing.INTACT if trusted else Standing.UNKNOWN_SIGNER


def _was_valid(certificate: x509.Certificate, moment: datetime) -> bool:
    """Asked here because the validity of a certificate that is trusted itself is not looked at elsewhere."""
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _is_canonical(written: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the signature, the only part of a file that it cannot cover, could not be written otherwise."""
    if not _HEX.fullmatch(written):
        return False
    content = bytes.fromhex(written[1:-1].decode())
    message = cms.ContentInfo.load(content)
    encoded = message.dump(force=True)
    room = encoded.ljust(len(content), b"\0")
    return content == room == bytes(signature.pkcs7_content) and _is_plain(message)


def _is_plain(message: cms.ContentInfo) -> bool:
    """The parts of a signature that nothing signs say what follows from the rest."""
    signed: cms.SignedData = message["content"]
    (signer,) = signed["signer_infos"]
    algorithms = [each.dump() for each in signed["digest_algorithms"]]
    detached = signed["encap_content_info"]["content_type"].native == "data"
    if algorithms != [signer["digest_algorithm"].dump()] or signer["version"].native != "v1":
        return False
    if signed["version"].native != ("v1" if detached else "v3"):
        return False
    if not _names_its_certificate(signed, signer):
        return False
    attributes = signer["unsigned_attrs"]
    tokens = [each for each in attributes for each in each["values"]] if attributes else []
    return all(_is_plain(token) for token in tokens)


def _names_its_certificate(signed: cms.SignedData, signer: cms.SignerInfo) -> bool:
    """To the letter: names are compared without regard to case otherwise."""
    named = signer["sid"].chosen
    issuers = (each.chosen.issuer.dump() for each in signed["certificates"])
    return not isinstance(named, cms.IssuerAndSerialNumber) or named["issuer"].dump() in issuers


def _certificate(given: bytes) -> x509.Certificate:
    try:
        found = x509.Certificate.load(pem.unarmor(given)[2] if pem.detect(given) else given, strict=True)
        found.native  # parsing is lazy  # noqa: B018
    except (ValueError, TypeError) as error:
        raise InvalidInput(_("This is not a certificate."), field="certificate") from error
    return found


def _name_of(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(
        names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly
    )


def _aware(moment: datetime | None) -> datetime:
    if moment is None:
        return datetime.now(UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
