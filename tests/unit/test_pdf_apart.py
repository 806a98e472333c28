"""Documents of other people are read in a process that may die of them."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from supportdesk import i18n
from supportdesk.domain.documents import DocumentLimits, Seal, Standing, VisibleMark
from supportdesk.domain.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentUnusable,
    InvalidInput,
    SupportDeskError,
)
from supportdesk.pdf import apart, filling, reading
from supportdesk.pdf.identity import certificate_of, make_identity
from supportdesk.pdf.sealing import SealingIdentity, seal
from tests.support.hostile_pdfs import SPECIAL, spaces
from tests.support.pdfs import ANSWERS, FORM, encrypted, form_pdf, png

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_TRIAL_S = 240
_MOST_MB = 900


@pytest.mark.second_stage
def test_a_document_is_filled_in_sealed_and_checked() -> None:
    """The way of a document from the vendor to the proof; whatever reads it is another process."""
    mark = VisibleMark(png(40, 10), "Signed by Ada Löwe")
    filled = apart.fill(form_pdf(), ANSWERS, mark, language="de")
    assert filled == filling.fill(form_pdf(), ANSWERS, mark, language="de")
    identity = SealingIdentity(make_identity("Tallwerk", "geheim", NOW), "geheim")
    sealed = seal(filled, identity, signed_by="Ada Löwe", signed_at=NOW)
    assert apart.check(sealed, [certificate_of(identity.pkcs12, "geheim")]) == Seal(
        standing=Standing.INTACT, signed_by="Ada Löwe", sealed_by="Tallwerk", signed_at=NOW
    )


def test_a_document_is_read() -> None:
    """What it asks comes over from the other process."""
    assert apart.read(form_pdf()) == FORM


def test_what_could_not_be_filled_in_later_is_not_read_either() -> None:
    """A form says what it asks before anybody unpacks what is drawn around it."""
    data = spaces(100)
    assert reading.read(data).fields == ()
    with pytest.raises(DocumentUnusable):
        apart.read(data)


def test_errors_come_over_in_the_language_of_who_waits() -> None:
    """With kind, sentence and field."""
    with i18n.speaking("de"), pytest.raises(DocumentEncrypted, match="Dieses Dokument ist verschlüsselt"):
        apart.read(encrypted(form_pdf()))
    with pytest.raises(InvalidInput) as caught:
        apart.fill(form_pdf(), {"start": "tomorrow"})
    assert caught.value.field == "start"


def test_the_bundle_has_one_program_only() -> None:
    """`supportdesk --read-document` is the other process, and does not load the rest."""
    job = apart.Read(form_pdf(), DocumentLimits(), "en")
    command = [sys.executable, "-m", "supportdesk", apart.COMMAND]
    done = subprocess.run(
        command, input=msgspec.msgpack.encode(job), capture_output=True, check=True, timeout=60
    )
    assert msgspec.msgpack.decode(done.stdout, type=apart.Answer).form == FORM


def test_what_is_too_large_is_not_even_handed_over() -> None:
    """No process is started for it."""
    with pytest.raises(DocumentTooLarge):
        apart.read(b"%PDF-" + bytes(1000), DocumentLimits(max_bytes=1000))


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("import time; time.sleep(600)", DocumentDamaged),
        ("import os; os.kill(os.getpid(), 9)", DocumentDamaged),
        ("raise SystemExit(1)", SupportDeskError),
    ],
)
def test_a_reader_that_fails_is_an_error(
    script: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes too long or is killed has met a damaged document; one that never began is our fault."""
    monkeypatch.setattr(apart, "PATIENCE_S", 1.0)
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, "-S", "-c", script])
    with pytest.raises(SupportDeskError) as caught:
        apart.read(form_pdf())
    assert type(caught.value) is error


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits")
def test_a_reader_has_limits() -> None:
    """It gets neither a gigabyte nor a file to write to."""
    script = """
from supportdesk.pdf.child import limit
limit()
try:
    bytearray(2**30)
except MemoryError:
    print("memory")
try:
    open("/tmp/supportdesk-limit-test", "wb", buffering=0).write(b"x")
except OSError:
    print("file")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["memory", "file"]


@pytest.mark.second_stage
@pytest.mark.timeout(2 * _TRIAL_S)
@pytest.mark.parametrize("name", SPECIAL)
def test_hostile_documents_do_no_harm(name: str) -> None:
    """Each ends as an error of documents or as a plain result, in bounded time and memory."""
    (told,) = tried("read", "special", name)
    print(f"{name}: {told}")
    assert_harmless([told])


@pytest.mark.second_stage
@pytest.mark.timeout(2 * _TRIAL_S)
@pytest.mark.parametrize("name", SPECIAL)
def test_hostile_documents_do_no_harm_to_who_looks_at_them(name: str) -> None:
    """The app shows or refuses each in bounded time and memory, though nothing limits the app itself."""
    (told,) = tried("show", "special", name)
    print(f"{name}: {told}")
    assert_harmless([told])


@pytest.mark.second_stage
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits")
def test_what_only_showing_unpacks_is_not_read_either() -> None:
    """Copying a drawing costs nothing; painting this one takes more than a reader may have."""
    data = SPECIAL["a gigabyte in a drawing"]()
    assert filling.prepare(data)[0].fields == ()
    with pytest.raises(DocumentDamaged):
        apart.read(data)


@pytest.mark.second_stage
@pytest.mark.timeout(2 * _TRIAL_S)
def test_damaged_documents_do_no_harm_to_who_looks_at_them() -> None:
    """The same for a hundred mutations, some of which can be shown."""
    told = tried("show", "11", "100")
    assert len(told) == 100
    assert ["read"] in [each.outcomes for each in told]
    assert_harmless(told)


@pytest.mark.second_stage
@pytest.mark.timeout(2 * _TRIAL_S)
def test_a_thousand_damaged_documents_do_no_harm() -> None:
    """The same for mutations of a form, a filled in and a sealed document."""
    told = [each for seed in range(10) for each in tried("read", str(seed), "100")]
    assert len(told) == 1000
    counts = Counter(outcome for each in told for outcome in each.outcomes)
    print(f"1000 damaged documents, read, prepared and checked: {dict(counts)}")
    print(f"longest {max(each.seconds for each in told):.2f} s, most {max(each.peak_mb for each in told)} MB")
    assert_harmless(told)


class Told(msgspec.Struct):
    """What `pdf_trial` prints about a file."""

    outcomes: list[str]
    seconds: float
    peak_mb: int


def tried(does: str, kind: str, what: str) -> list[Told]:
    command = [sys.executable, "-m", "tests.support.pdf_trial", does, kind, what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=_TRIAL_S)
    return [msgspec.json.decode(line, type=Told) for line in done.stdout.splitlines()]


def assert_harmless(told: list[Told]) -> None:
    for each in told:
        assert set(each.outcomes) <= {"read", "document_damaged", "document_too_large", "document_encrypted"}
        assert each.seconds < apart.PATIENCE_S
        assert each.peak_mb < _MOST_MB
