"""A seal says who and when, and not one bit of the file can be changed after it."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from supportdesk.domain.documents import Seal, Standing
from supportdesk.domain.errors import (
    BackendUnreachable,
    CertificateNotValid,
    DocumentDamaged,
    InvalidInput,
    TimeStampFailed,
)
from supportdesk.pdf.checking import check
from supportdesk.pdf.filling import fill
from supportdesk.pdf.identity import certificate_of, make_identity
from supportdesk.pdf.reading import read
from supportdesk.pdf.sealing import SealingIdentity, seal
from tests.support.pdfs import ANSWERS, form_pdf
from tests.support.tsa import StampAuthority

NOW = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)
STAMPED = NOW + timedelta(seconds=2)
IDENTITY = SealingIdentity(make_identity("Tallwerk", "geheim", NOW), "geheim")
CERTIFICATE = certificate_of(IDENTITY.pkcs12, IDENTITY.password)
FILLED = fill(form_pdf(), ANSWERS)


def sealed(fetch_stamp: Callable[[bytes], bytes] | None = None) -> bytes:
    return seal(FILLED, IDENTITY, signed_by="Ada Löwe", signed_at=NOW, fetch_stamp=fetch_stamp)


@pytest.fixture(scope="module")
def authority() -> StampAuthority:
    return StampAuthority(STAMPED)


@pytest.fixture(scope="module")
def plain() -> bytes:
    """PAdES B-B."""
    return sealed()


@pytest.fixture(scope="module")
def stamped(authority: StampAuthority) -> bytes:
    """PAdES B-T."""
    return sealed(authority.answer)


def test_a_seal_tells_who_and_when(plain: bytes) -> None:
    """By the certificate of the vendor, for the person and the moment that were given."""
    assert check(plain, [CERTIFICATE]) == Seal(
        standing=Standing.INTACT, signed_by="Ada Löwe", sealed_by="Tallwerk", signed_at=NOW
    )


def test_the_document_is_the_beginning_of_what_is_sealed(plain: bytes) -> None:
    """The seal is appended, so what was filled in can be told from its hash."""
    assert plain.startswith(FILLED)
    assert read(plain).sealed


def test_the_form_is_pades_and_forbids_changes(plain: bytes) -> None:
    """Other programs see a certified document in which nothing may be changed."""
    (signature,) = PdfFileReader(io.BytesIO(plain)).embedded_regular_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level is not None
    assert signature.docmdp_level.value == 1
    assert "signing_time" not in [each["type"].native for each in signature.signer_info["signed_attrs"]]


def test_a_time_stamp_tells_the_time(stamped: bytes, authority: StampAuthority) -> None:
    """With a trusted authority its time counts; without, the clock of who sealed."""
    seal_ = check(stamped, [CERTIFICATE, authority.certificate])
    assert (seal_.standing, seal_.signed_at, seal_.time_stamped) == (Standing.INTACT, STAMPED, True)
    seal_ = check(stamped, [CERTIFICATE])
    assert (seal_.standing, seal_.signed_at, seal_.time_stamped) == (Standing.INTACT, NOW, False)


def test_nobody_vouches_for_a_strangers_seal(plain: bytes) -> None:
    """Unchanged since somebody sealed it, and no more than that."""
    stranger = certificate_of(make_identity("Tallwerk", "x", NOW), "x")
    assert check(plain).standing is Standing.UNKNOWN_SIGNER
    assert check(plain, [stranger]).standing is Standing.UNKNOWN_SIGNER


def test_a_document_without_a_seal_says_so() -> None:
    """It is neither intact nor changed."""
    assert check(FILLED, [CERTIFICATE]) == Seal(standing=Standing.UNSEALED)


def standing(data: bytes, trusted: list[bytes]) -> Standing | str:
    try:
        return check(data, trusted).standing
    except DocumentDamaged as error:
        return error.code


def flipped(data: bytes, position: int, bit: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1 << bit]) + data[position + 1 :]


def overlooked(data: bytes, trusted: list[bytes], flips: int) -> list[tuple[int, int]]:
    """The (byte, bit) whose change leaves the seal intact, of so many in the file and in the signature."""
    chance = random.Random(20261122)
    begin, end = signature_span(data)
    places = [chance.randrange(len(data)) for _flip in range(flips // 2)]
    places += [chance.randrange(begin, end) for _flip in range(flips // 2)]
    spots = [(place, chance.randrange(8)) for place in places]
    return [spot for spot in spots if standing(flipped(data, *spot), trusted) is Standing.INTACT]


def signature_span(data: bytes) -> tuple[int, int]:
    """Where the digits of the signature are, without the zeros that fill up their room."""
    begin = data.index(b"/Contents <", len(FILLED)) + len(b"/Contents <")
    return begin, begin + len(data[begin : data.index(b">", begin)].rstrip(b"0"))


def test_no_bit_can_be_changed(plain: bytes, stamped: bytes, authority: StampAuthority) -> None:
    """40 changes of one bit each are all found, half of them within the signature, which nothing signs."""
    assert overlooked(plain, [CERTIFICATE], 20) == []
    assert overlooked(stamped, [CERTIFICATE, authority.certificate], 20) == []


@pytest.mark.second_stage
@pytest.mark.timeout(900)
def test_none_of_a_thousand_changed_bits_is_overlooked(
    plain: bytes, stamped: bytes, authority: StampAuthority
) -> None:
    """The same with 600 changes of a seal and 600 of one with a time stamp."""
    found = (
        overlooked(plain, [CERTIFICATE], 600),
        overlooked(stamped, [CERTIFICATE, authority.certificate], 600),
    )
    print(f"1200 flipped bits: {1200 - sum(map(len, found))} found")
    assert found == ([], [])


@pytest.mark.parametrize(
    "step", [401, pytest.param(7, marks=[pytest.mark.second_stage, pytest.mark.timeout(900)])]
)
def test_no_bit_of_seal_and_time_stamp_can_be_changed(
    step: int, stamped: bytes, authority: StampAuthority
) -> None:
    """Each so many-th digit of both, one bit after the other: the stamp is in what nothing signs."""
    places = range(*signature_span(stamped), step)
    spots = [(place, index % 4) for index, place in enumerate(places)]
    trusted = [CERTIFICATE, authority.certificate]
    found = [spot for spot in spots if standing(flipped(stamped, *spot), trusted) is Standing.INTACT]
    print(f"{len(spots)} flipped bits: {len(spots) - len(found)} found")
    assert found == []


def test_names_in_the_signature_are_taken_to_the_letter(plain: bytes) -> None:
    """Names are compared without regard to case elsewhere, so that a bit of the issuer could change."""
    issuer = b"Tallwerk".hex().upper().encode()
    first = plain.index(issuer, len(FILLED))
    places = [first]
    while (first := plain.find(issuer, first + 1)) >= 0:
        places.append(first)
    assert len(places) == 4  # in the certificate, signed, and in what names the certificate
    for place in places:
        lower = plain[:place] + b"74" + plain[place + 2 :]
        assert check(lower, [CERTIFICATE]).standing is Standing.CHANGED


def test_the_room_that_a_signature_leaves_stays_empty(plain: bytes) -> None:
    """And its digits are written in one way throughout."""
    end = plain.index(b">", len(FILLED) + plain[len(FILLED) :].index(b"/Contents <"))
    assert check(plain[: end - 1] + b"1" + plain[end:], [CERTIFICATE]).standing is Standing.CHANGED
    begin, until = signature_span(plain)
    small = plain[:begin] + plain[begin:until].lower() + plain[until:]
    assert check(small, [CERTIFICATE]).standing is Standing.INTACT  # other programs write it wholly like this
    mixed = plain[:begin] + plain[begin : begin + 40].lower() + plain[begin + 40 :]
    assert check(mixed, [CERTIFICATE]).standing is Standing.CHANGED


def test_whatever_is_appended_is_found(plain: bytes) -> None:
    """An update as other programs write it, a second signature, a line end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    writer.root[pdf_name("/Lang")] = pdf_name("/xx")
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    for data in (out.getvalue(), plain + b"\n"):
        seal_ = check(data, [CERTIFICATE])
        assert (seal_.standing, seal_.appended) == (Standing.CHANGED, True)


def test_what_is_cut_off_is_found(plain: bytes) -> None:
    """A file without its end has no valid seal."""
    assert standing(plain[:-1], [CERTIFICATE]) != Standing.INTACT
    assert standing(plain[: len(FILLED)], [CERTIFICATE]) is Standing.UNSEALED


@pytest.mark.parametrize(
    ("answer", "error"),
    [(b"", TimeStampFailed), (b"<html>", TimeStampFailed), (b"\x30\x00", TimeStampFailed)],
)
def test_without_a_time_stamp_nothing_is_sealed(answer: bytes, error: type[Exception]) -> None:
    """An authority that answers something else."""
    with pytest.raises(error):
        sealed(lambda _request: answer)


def test_a_time_stamp_for_something_else_is_refused(authority: StampAuthority) -> None:
    """An answer that was recorded before does not fit."""
    recorded: list[bytes] = []

    def replay(request: bytes) -> bytes:
        recorded.append(authority.answer(request))
        return recorded[0]

    with pytest.raises(TimeStampFailed):
        sealed(replay)
    assert len(recorded) == 2


def test_the_way_to_the_authority_has_its_own_errors() -> None:
    """Whoever fetches says what happened on the way."""

    def fetch(_request: bytes) -> bytes:
        raise BackendUnreachable

    with pytest.raises(BackendUnreachable):
        sealed(fetch)


def test_an_unusable_identity_says_so() -> None:
    """A wrong password and a file that is none."""
    for identity in (SealingIdentity(IDENTITY.pkcs12, "falsch"), SealingIdentity(b"nonsense", "geheim")):
        with pytest.raises(InvalidInput):
            seal(FILLED, identity, signed_by="Ada", signed_at=NOW)
    with pytest.raises(InvalidInput):
        check(FILLED, [b"no certificate"])


def test_an_identity_tells_no_log_what_it_holds() -> None:
    """Neither the key nor its password."""
    assert repr(IDENTITY) == "SealingIdentity()"


@pytest.mark.parametrize("years", [-3, 30])
def test_a_certificate_seals_nothing_from_before_or_after_its_time(years: int) -> None:
    """Nobody would believe such a seal."""
    with pytest.raises(CertificateNotValid):
        seal(FILLED, IDENTITY, signed_by="Ada", signed_at=NOW + timedelta(days=years * 365))
