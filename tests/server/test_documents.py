"""Documents through the server: given by staff, signed by customers, sealed with the vendor's own key."""

import io
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from supportdesk import pdf
from supportdesk.clock import now, uuid7
from supportdesk.desk.office.verbs import VERBS
from supportdesk.desk.store import settings
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import FileRef, SignDocument
from supportdesk.domain.documents import Standing
from supportdesk.domain.entities import Attachment, Document, Role
from supportdesk.domain.errors import InvalidInput, TimeStampFailed
from supportdesk.domain.session import Welcome
from supportdesk.domain.wire import API, IDEMPOTENCY_KEY
from supportdesk.pdf import apart, checking
from supportdesk.pdf.identity import certificate_of, make_identity
from supportdesk.server.configuration import Configuration, SealKey, configured
from supportdesk.server.seals.configured import seals
from supportdesk.server.seals.sealer import Seals
from supportdesk.server.seals.time_stamps import TimeStamps
from supportdesk.server.vendors import portals
from tests.server.talking import Talker, problem, sha256
from tests.server.test_admin import Shell, shell
from tests.support.desk import CUSTOMER, STAFF, small_profile
from tests.support.pdfs import ANSWERS, form_pdf, png
from tests.support.server import Served, small_portal
from tests.support.tsa import StampAuthority

__all__ = ["shell"]

Talk = Callable[[str], Talker]
PDF = form_pdf()


def _file(talker: Talker, content: bytes, name: str = "offer.pdf") -> FileRef:
    return FileRef(name=name, sha256=talker.upload(content, name), size_bytes=len(content))


def _give(mia: Talker, content: bytes = PDF, command_id: str = "", **more: Any) -> httpx.Response:
    request = {"organisation": "Practice", "number": "AN-1", "title": "Offer", **more}
    told = request | {"file": msgspec.to_builtins(_file(mia, content))}
    return mia.client.post("/staff/document/add", json=told, headers={IDEMPOTENCY_KEY: command_id or uuid7()})


def _documents(talker: Talker) -> list[Document]:
    return [each for each in talker.sees() if isinstance(each, Document)]


def _sign(jana: Talker) -> None:
    (document,) = _documents(jana)
    file = next(each for each in jana.sees() if isinstance(each, Attachment))
    mark = msgspec.structs.replace(_file(jana, png(60, 20), "mark.png"), media_type="image/png")
    jana.do(SignDocument(document.id, file.sha256, ANSWERS, mark))


class TestGiving:
    def test_staff_give_it_once(self, talk: Talk) -> None:
        """However often they ask; its questions come from the PDF."""
        jana, mia, command_id = talk(CUSTOMER), talk(STAFF), uuid7()
        answers = [_give(mia, command_id=command_id, type="offer") for _repeat in range(2)]
        assert [each.status_code for each in answers] == [200, 200]
        (document,) = _documents(jana)
        assert {each.json()["id"] for each in answers} == {document.id}
        assert document.form == apart.read(PDF)

    def test_what_cannot_be_signed_is_refused(self, talk: Talk) -> None:
        """With a sentence that says why: no place for the mark, or no PDF at all."""
        jana, mia = talk(CUSTOMER), talk(STAFF)
        told = problem(_give(mia, apart.fill(PDF, ANSWERS)))
        assert (told["status"], told["title"]) == (422, "This document has no place for a signature.")
        assert problem(_give(mia, b"%PDF-1.7 nothing"))["code"] == "document_damaged"
        assert _documents(jana) == []

    def test_a_pdf_may_come_from_standard_input(self, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is called by the number of the document then."""
        profile = shell.profile.read_text(encoding="utf-8").replace('"tickets",', '"tickets", "documents",')
        shell.profile.write_text(profile, encoding="utf-8")
        shell.admin("person", "add", "mia@vendor.example", "Mia", "--role", "staff", "--tell-password")
        shell.admin("organisation", "add", "Practice")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PDF)))
        shell.admin("document", "add", "Practice", "AN-1", "Two workstations", "-", "--type", "offer")
        (file,) = shell.admin("document", "show", "AN-1")["files"]
        assert (file["name"], file["size_bytes"]) == ("AN-1.pdf", len(PDF))

    def test_at_the_command_line(self, shell: Shell) -> None:
        """Added from a file, listed, shown and withdrawn."""
        profile = shell.profile.read_text(encoding="utf-8").replace('"tickets",', '"tickets", "documents",')
        shell.profile.write_text(profile, encoding="utf-8")
        (shell.folder / "offer.pdf").write_bytes(PDF)
        shell.admin("person", "add", "mia@vendor.example", "Mia", "--role", "staff", "--tell-password")
        shell.admin("organisation", "add", "Practice")
        where = str(shell.folder / "offer.pdf")
        added = shell.admin(
            "document", "add", "Practice", "AN-1", "Two workstations", where, "--type", "offer"
        )
        assert added["number"] == "AN-1"
        shell.admin("document", "note", "AN-1", "They want it by Friday.")
        (listed,) = shell.admin("document", "list", "--state", "to_sign")["documents"]
        assert (listed["id"], listed["organisation"]) == (added["id"], "Practice")
        _code, shown, _error = shell.run("document", "show", "AN-1")
        assert "Two workstations" in shown
        assert "They want it by Friday." in shown
        shell.admin("document", "add", "Practice", "AN-2", "Instead", where, "--concerns", "AN-1")
        _code, shown, _error = shell.run("document", "show", "AN-2")
        assert "concerns: AN-1\n" in shown
        assert added["id"] not in shown
        shell.admin("document", "withdraw", "AN-1")
        assert shell.admin("document", "show", "AN-1")["state"] == "withdrawn"
        code, _out, error = shell.run("document", "withdraw", "AN-1")
        assert code == 1
        assert "withdrawn already" in error


@pytest.mark.second_stage
def test_no_verb_of_the_staff_changes_a_signed_document(talk: Talk) -> None:
    """They talk about it and work on it; its state, its answers and its files stay as they were signed."""
    jana, mia = talk(CUSTOMER), talk(STAFF)
    assert _give(mia).status_code == 200
    _sign(jana)
    content, signed = _sealed(jana), _shown(mia)
    said: dict[str, dict[str, Any]] = {
        "add": {"organisation": "Practice", "number": "AN-1", "title": "Another"},
        "withdraw": {"document": "AN-1"},
        "answer": {"document": "AN-1", "body": "Thank you."},
        "note": {"document": "AN-1", "body": "It came by mail, too."},
        "assign": {"document": "AN-1"},
        "time": {"document": "AN-1", "minutes": 5},
    }
    assert said.keys() == {verb.name for verb in VERBS if verb.noun == "document" and verb.signed}
    said["add"] |= {"file": msgspec.to_builtins(_file(mia, form_pdf() + b"\n"))}
    told = {
        name: mia.client.post(f"/staff/document/{name}", json=body, headers={IDEMPOTENCY_KEY: uuid7()})
        for name, body in said.items()
    }
    refused = {name for name, answer in told.items() if answer.status_code != 200}
    assert refused == {"add", "withdraw"}
    after = _shown(mia)
    kept = signed.keys() - {"assignee", "updated_at", "files", "conversation", "time_records"}
    assert {name: after[name] for name in kept} == {name: signed[name] for name in kept}
    assert all(file in after["files"] for file in signed["files"])
    assert (_sealed(jana), after["state"], after["fields"]) == (content, "signed", ANSWERS)
    assert sha256(content) == after["sealed_sha256"]


def _shown(mia: Talker) -> dict[str, Any]:
    told: dict[str, Any] = mia.client.get("/staff/document/show", params={"document": "AN-1"}).json()
    return told


class Stamps:
    """A time-stamp authority on this machine; `broken` it answers with what is no time stamp."""

    def __init__(self, moment: datetime) -> None:
        self.authority = StampAuthority(moment)
        self.broken = False
        self.asked = threading.Event()
        stamps = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = self.rfile.read(int(self.headers["Content-Length"]))
                body = b"out of order" if stamps.broken else stamps.authority.answer(request)
                self.send_response(500 if stamps.broken else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                stamps.asked.set()

            def log_message(self, *_told: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="stamps")
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/tsr"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def stamps() -> Iterator[Stamps]:
    authority = Stamps(now().replace(microsecond=0))
    yield authority
    authority.close()


def _key(folder: Path) -> Configuration:
    (folder / "seal.p12").write_bytes(make_identity("Acme Seal", "secret", now()))
    return Configuration(
        data=folder / "data", sign_key=folder / "seal.p12", sign_key_password="secret", profiles=()
    )


@pytest.mark.second_stage
def test_the_vendors_key_and_a_time_stamp(tmp_path: Path, stamps: Stamps) -> None:
    """While the authority fails, the document waits; then its seal holds by the vendor's certificate."""
    stamps.broken = True
    portal = small_portal(tmp_path / "desk")
    portal.seals = seals(msgspec.structs.replace(_key(tmp_path), time_stamp_url=stamps.url), "acme")
    portal.seals = portal.seals._replace(trusted=(stamps.authority.certificate,))
    server = Served(portal)
    server.start()
    try:
        with (
            httpx.Client(base_url=server.address + API, timeout=30) as one,
            httpx.Client(base_url=server.address + API, timeout=30) as other,
        ):
            jana, mia = Talker(one), Talker(other)
            jana.sign_in(CUSTOMER)
            mia.sign_in(STAFF)
            assert _give(mia).status_code == 200
            _sign(jana)
            assert stamps.asked.wait(60)
            (document,) = _documents(jana)
            assert document.signed_file_id == ""
            stamps.broken = False
            looks = count()
            portal.clock = lambda: now() + timedelta(minutes=2 * next(looks))  # no pause outlasts the test
            content = _sealed(jana)
            welcome = msgspec.json.decode(jana.client.get("/welcome").content, type=Welcome)
    finally:
        server.stop()
    certificates = welcome.capabilities.seal_certificates
    assert certificate_of((tmp_path / "seal.p12").read_bytes(), "secret") in certificates
    proof = checking.check(content, certificates)
    assert (proof.standing, proof.sealed_by, proof.signed_by) == (Standing.INTACT, "Acme Seal", "Jana")
    assert proof.time_stamped
    assert checking.check(content).standing is Standing.UNKNOWN_SIGNER


def _sealed(jana: Talker) -> bytes:
    patience = threading.Event()
    for _look in range(600):
        (document,) = _documents(jana)
        if document.signed_file_id:
            return jana.client.get(f"/attachments/{document.signed_file_id}/content").content
        patience.wait(0.1)
    raise AssertionError("it is not sealed")


class TestAuthority:
    def test_only_over_a_protected_way(self) -> None:
        """Https, or this machine."""
        for url in ("http://stamps.example/tsr", "stamps", ""):
            with pytest.raises(InvalidInput):
                TimeStamps(url)
        TimeStamps("https://stamps.example/tsr")

    def test_what_is_no_answer_is_one_error(self, stamps: Stamps) -> None:
        """Out of order, or out of reach."""
        stamps.broken = True
        with pytest.raises(TimeStampFailed):
            TimeStamps(stamps.url).fetch(b"request")
        with pytest.raises(TimeStampFailed):
            TimeStamps("http://127.0.0.1:9/tsr").fetch(b"request")


class TestConfiguring:
    def test_without_a_word_the_desk_seals_with_its_own(self, tmp_path: Path) -> None:
        """And asks no authority."""
        assert seals(Configuration(data=tmp_path), "acme") == Seals()

    def test_what_is_wrong_with_the_key_is_said_before_it_begins(self, tmp_path: Path) -> None:
        """Its password, the file, or that several vendors would share it."""
        right = _key(tmp_path)
        assert seals(right, "acme").identity is not None
        for wrong in (
            msgspec.structs.replace(right, sign_key_password="other"),
            msgspec.structs.replace(right, sign_key=tmp_path / "missing.p12"),
            msgspec.structs.replace(right, demo=True),
        ):
            with pytest.raises(InvalidInput):
                portals(wrong)

    def test_each_of_several_vendors_has_a_key_of_its_own(self, tmp_path: Path) -> None:
        """By the id of the profile; who has none seals with the desk's own."""
        for vendor in ("practice", "retail"):
            (tmp_path / f"{vendor}.p12").write_bytes(make_identity(vendor, f"secret of {vendor}", now()))
        file = tmp_path / "server.toml"
        tables = (
            f'[sign.{vendor}]\nkey = "{vendor}.p12"\npassword = "secret of {vendor}"\n'
            for vendor in ("practice", "retail")
        )
        file.write_text("demo = true\n" + "".join(tables), encoding="utf-8")
        told = configured({"data": str(tmp_path)}, {}, file)
        made = portals(told)
        for vendor in ("practice", "retail"):
            identity = made[vendor].seals.identity
            assert identity is not None
            assert identity.pkcs12 == (tmp_path / f"{vendor}.p12").read_bytes()
        assert made["school"].seals.identity is None
        assert "secret" not in repr(told.sign)

    def test_who_is_named_wrongly_and_whose_key_is_wrong_is_told(self, tmp_path: Path) -> None:
        """The vendor who is not served; the file that cannot be opened; the way from one key to several."""
        right = _key(tmp_path)
        key = SealKey(key=right.sign_key or tmp_path, password="wrong")
        with pytest.raises(InvalidInput, match="nobody"):
            portals(Configuration(data=tmp_path, demo=True, sign={"nobody": key}))
        with pytest.raises(InvalidInput, match=r"seal\.p12") as told:
            portals(Configuration(data=tmp_path, demo=True, sign={"retail": key}))
        assert told.value.field == "sign.retail"
        with pytest.raises(InvalidInput) as caught:
            portals(msgspec.structs.replace(right, demo=True))
        assert "[sign." in caught.value.next_step

    def test_certificates_of_the_authority_are_read(self, tmp_path: Path) -> None:
        """From PEM; what is none is told."""
        (tmp_path / "tsa.pem").write_text("no certificate", encoding="utf-8")
        named = msgspec.structs.replace(_key(tmp_path), time_stamp_certificates=(tmp_path / "tsa.pem",))
        with pytest.raises(InvalidInput):
            seals(named, "acme")

    def test_neither_key_nor_password_is_shown(self, tmp_path: Path) -> None:
        """By what is written into logs and crash reports."""
        told = _key(tmp_path)
        assert "secret" not in repr(told) + repr(seals(told, "acme"))


class TestWithoutTheExtra:
    def test_documents_are_not_offered_and_the_server_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The rest of the desk works as ever."""
        monkeypatch.setattr(pdf, "is_available", lambda: False)
        server = Served(small_portal(tmp_path / "desk"))
        server.start()
        server.stop()
        assert "documents are not offered" in caplog.text
        offered = settings.settings_of(small_profile()).offers(Role.CUSTOMER)
        assert Capability.DOCUMENTS not in offered
        assert Capability.TICKETS in offered
        with pytest.raises(InvalidInput, match="not installed") as caught:
            seals(_key(tmp_path), "acme")
        assert "pip install '.[server,sign]'" in caught.value.next_step  # as docs/server.md says
