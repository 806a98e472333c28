"""Seals a filled in PDF: PAdES B-B, or B-T with a time-stamp authority. Nothing may be changed afterwards."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from supportdesk.domain.documents import DocumentLimits, Standing
from supportdesk.domain.errors import CertificateNotValid, InvalidInput, TimeStampFailed
from supportdesk.i18n import _
from supportdesk.pdf.checking import check
from supportdesk.pdf.identity import demand_identity

FetchStamp = Callable[[bytes], bytes]
"""Brings a request for a time stamp to the authority and its answer back, both in DER (RFC 3161 over HTTP).

Called in the thread that seals. Raises a BackendError when it does not succeed.
"""
_FIELD = "Seal"
_DIGEST = "sha256"
_GRANTED = ("granted", "granted_with_mods")


@dataclass(frozen=True, slots=True)
class SealingIdentity:
    pkcs12: bytes = field(repr=False)
    password: str = field(repr=False)


def seal(
    data: bytes,
    identity: SealingIdentity,
    *,
    signed_by: str,
    signed_at: datetime,
    reason: str = "",
    fetch_stamp: FetchStamp | None = None,
) -> bytes:
    """`data` is what `filling.fill` made; the result is it, with the seal appended.

    Raises InvalidInput for an identity that is unusable, CertificateNotValid for one that was not valid at
    `signed_at`, and TimeStampFailed, or what `fetch_stamp` raises, without a time stamp. Not to be called
    from a coroutine.
    """
    certificate = demand_identity(identity.pkcs12, identity.password)
    if not certificate.not_valid_before_utc <= signed_at <= certificate.not_valid_after_utc:
        raise CertificateNotValid
    signer = SimpleSigner.load_pkcs12_data(identity.pkcs12, [], identity.password.encode())
    wishes = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm=_DIGEST,
        name=signed_by,
        reason=reason or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    stamper = _Stamper(fetch_stamp) if fetch_stamp else None
    try:
        out = _Signer(wishes, signer, stamper, signed_at).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))
    except TimestampRequestError as error:
        raise TimeStampFailed from error
    sealed = bytes(out.getbuffer())
    trusted, limits = [certificate.public_bytes(Encoding.DER)], DocumentLimits(max_bytes=len(sealed))
    if check(sealed, trusted, limits).standing is not Standing.INTACT:
        raise InvalidInput(_("Documents cannot be sealed with this certificate."), field="certificate")
    return sealed


class _Signer(PdfSigner):
    """Signs at a given time instead of the moment at which it comes to it."""

    def __init__(
        self,
        wishes: PdfSignatureMetadata,
        signer: SimpleSigner,
        stamper: TimeStamper | None,
        signed_at: datetime,
    ) -> None:
        super().__init__(wishes, signer, timestamper=stamper, new_field_spec=SigFieldSpec(_FIELD, box=None))
        self._signed_at = signed_at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._signed_at
        return session


class _Stamper(TimeStamper):
    def __init__(self, fetch: FetchStamp) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._fetch = fetch

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        answer = self._fetch(req.dump())
        try:
            response = TimeStampResp.load(answer, strict=True)
            if response["status"]["status"].native in _GRANTED:  # else pyHanko refuses it
                _demand_answer_to(req, response)
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # of whatever else was answered
            raise TimeStampFailed from error
        return response


def _demand_answer_to(request: TimeStampReq, response: TimeStampResp) -> None:
    stamp = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    for part in ("message_imprint", "nonce"):
        if stamp[part].dump() != request[part].dump():
            raise ValueError(part)
