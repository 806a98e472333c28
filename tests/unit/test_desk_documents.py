"""Documents at the desk: given to be signed, answered once, and nobody's to change afterwards."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, select, update

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations import changing, sealing, uploads
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.conversations.sealing import Signed
from supportdesk.desk.office import administration, documents, staff, talk_work
from supportdesk.desk.office.by import By
from supportdesk.desk.store import seal_identity, settings
from supportdesk.desk.store.contents import Folder
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, audit, events, mail
from supportdesk.desk.store.schema import documents as table
from supportdesk.desk.store.seal_identity import SealIdentity
from supportdesk.desk.visibility import facts, feed
from supportdesk.domain.changes import Upsert
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    DeclineDocument,
    FileRef,
    Receipt,
    Reply,
    SignDocument,
    encode_intent,
)
from supportdesk.domain.documents import DocumentState, DocumentType, SealTrouble, Standing
from supportdesk.domain.entities import Document, EventKind, Role
from supportdesk.domain.errors import (
    CertificateNotValid,
    DocumentDamaged,
    DocumentSealed,
    DocumentUnusable,
    InvalidInput,
    NotFound,
    Refused,
    SupportDeskError,
    TimeStampFailed,
)
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_documents import (
    AddDocument,
    AnswerDocument,
    ListDocuments,
    NoteDocument,
    ShowDocument,
    WithdrawDocument,
)
from supportdesk.pdf import apart, checking
from supportdesk.pdf.identity import make_identity
from tests.support.desk import (
    COLLEAGUE,
    CUSTOMER,
    PARTNER,
    PASSWORD,
    STAFF,
    STRANGER,
    add_person,
    furnished,
    person_of,
    small_profile,
    view_of,
)
from tests.support.dying_sealer import POINTS
from tests.support.pdfs import ANSWERS, FORM, form_pdf, png, text_of

NOW = now()
PDF = form_pdf()
_FIXED = (
    "state",
    "title",
    "form",
    "file_id",
    "filled",
    "mark_sha256",
    "answered_by",
    "answered_at",
    "reason",
)


class House:
    """The vendor's and the customers' side of one desk, with the contents of its files."""

    def __init__(self, desk: DeskConnection, folder: Path) -> None:
        self.desk = desk
        self.files = Files(folder)
        settings.keep(desk, settings.settings_of(small_profile()))
        seal_identity.prepare(desk, "Small Vendor", NOW)
        self.mia = By(person_of(desk, STAFF), NOW)

    def stored(self, person_id: str, content: bytes, name: str, media_type: str) -> FileRef:
        return staff.stored(self.desk, self.files, person_id, content, NOW, name=name, media_type=media_type)

    def pdf(self, content: bytes = PDF) -> FileRef:
        return self.stored(self.mia.person_id, content, "offer.pdf", "application/pdf")

    def add(self, number: str = "AN-1", **more: object) -> str:
        request = AddDocument("Practice", number, "Offer", self.pdf(), DocumentType.OFFER, **more)  # type: ignore[arg-type]
        return documents.add(self.desk, request, self.mia, FORM).id

    def push(self, user: str, intent: AnyIntent) -> Receipt:
        asked = Asked(uuid7(), NOW, encode_intent(intent), came_from="192.0.2.7")
        return take(self.desk, view_of(self.desk, user).actor, asked, NOW)

    def signature(self, id: str, user: str = CUSTOMER, **more: object) -> SignDocument:
        mark = self.stored(person_of(self.desk, user), png(60, 20), "mark.png", "image/png")
        told = {"file_sha256": self.pdf().sha256, "values": ANSWERS, "mark": mark, **more}
        return SignDocument(document_id=id, **told)  # type: ignore[arg-type]

    def sign(self, id: str, user: str = CUSTOMER, **more: object) -> Receipt:
        return self.push(user, self.signature(id, user, **more))

    def row(self, id: str) -> RowMapping:
        with reading(self.desk):
            return self.desk.execute(select(table).where(table.c.id == id)).mappings().one()

    def fact(self, id: str, user: str = CUSTOMER) -> Document:
        view = view_of(self.desk, user)
        with reading(self.desk):
            return facts.get(self.desk, view, Document, id)

    def seal(self) -> Signed:
        signed = sealing.claim_due(self.desk, NOW)
        assert signed is not None
        made = sealing.seal(signed, self.files)
        assert sealing.record(self.desk, self.files.whole, signed, made, NOW)
        return signed


@pytest.fixture
def house(desk: DeskConnection, tmp_path: Path) -> House:
    return House(desk, tmp_path / "files")


class TestTheVendorsSide:
    def test_a_document_appears_at_its_organisation_alone(self, house: House) -> None:
        """With its form, for colleagues and partner as well."""
        until = NOW + timedelta(days=5)
        id = house.add(sign_by=until)
        for user in (CUSTOMER, COLLEAGUE, PARTNER):
            seen = house.fact(id, user)
            assert (seen.state, seen.form, seen.sign_by) == (DocumentState.TO_SIGN, FORM, until)
        with pytest.raises(NotFound):
            house.fact(id, STRANGER)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"organisation": "Nobody"}, "organisation"),
            ({"number": " "}, "number"),
            ({"number": "AN-1"}, "number"),
            ({"title": ""}, "title"),
            ({"contact": STRANGER}, "contact"),
            ({"concerns": "4711"}, "concerns"),
        ],
    )
    def test_what_is_said_wrongly_is_told(self, house: House, change: dict[str, str], field: str) -> None:
        """Nothing is kept of it then."""
        house.add()
        told: dict[str, object] = {"organisation": "Practice", "number": "AN-2", "title": "T"}
        request = AddDocument(file=house.pdf(), **(told | change))  # type: ignore[arg-type]
        with pytest.raises(InvalidInput) as refused:
            documents.add(house.desk, request, house.mia, FORM)
        assert refused.value.field == field
        assert len(documents.chosen(house.desk, ListDocuments(), house.mia).documents) == 1

    def test_who_comes_later_has_nothing_to_catch_up_with(self, house: House) -> None:
        """What was there before them counts as read, until something happens to it; to others it is news."""
        then, came, later = (NOW + timedelta(days=days) for days in (1, 2, 3))
        house.mia = By(house.mia.person_id, then)
        id = house.add()
        add_person(
            house.desk,
            user="nia@customer.example",
            password=PASSWORD,
            name="Nia",
            organisation_id=view_of(house.desk, CUSTOMER).actor.organisation_id,
            role=Role.CUSTOMER,
            now=came,
        )
        assert house.fact(id, "nia@customer.example").read_at == came
        assert house.fact(id).read_at is None
        staff.answer(house.desk, house.mia.person_id, id, "Any questions?", later)
        assert house.fact(id, "nia@customer.example").read_at is None

    def test_it_concerns_nothing_of_another_organisation(self, house: House) -> None:
        """Else it would tell that this is there."""
        elsewhere = AddDocument("Elsewhere", "AN-9", "Theirs", house.pdf())
        documents.add(house.desk, elsewhere, house.mia, FORM)
        with pytest.raises(InvalidInput):
            house.add("AN-2", concerns="AN-9")
        before = house.add("AN-3")
        assert house.fact(house.add("AN-4", concerns="AN-3")).concerns_id == before

    def test_a_file_of_somebody_elses_is_not_taken(self, house: House) -> None:
        """A hash gives nobody a content."""
        theirs = house.stored(person_of(house.desk, CUSTOMER), b"%PDF-other", "x.pdf", "application/pdf")
        with pytest.raises(Refused):
            documents.add(house.desk, AddDocument("Practice", "AN-1", "T", theirs), house.mia, FORM)

    def test_whom_it_is_mailed(self, house: House) -> None:
        """The contact, else the organisation's administrators; with the day."""
        house.add("AN-1", contact=CUSTOMER, sign_by=NOW + timedelta(days=5))
        house.add("AN-2")
        with reading(house.desk):
            mails = house.desk.execute(select(mail).order_by(mail.c.id)).mappings().all()
        assert [each["to_address"] for each in mails] == [CUSTOMER, COLLEAGUE]
        assert "sign or decline it by" in mails[0]["body_text"]
        assert "sign or decline it by" not in mails[1]["body_text"]

    def test_a_contact_who_left_is_not_mailed(self, house: House) -> None:
        """What the document is called is nobody's at another organisation."""
        house.add(contact=CUSTOMER)
        administration.move_person(house.desk, *self._to_elsewhere(house), NOW)
        documents.withdraw(house.desk, WithdrawDocument("AN-1"), house.mia)
        with reading(house.desk):
            told = list(house.desk.execute(select(mail.c.to_address).order_by(mail.c.id)).scalars())
        assert told == [CUSTOMER, COLLEAGUE]

    def _to_elsewhere(self, house: House) -> tuple[str, str]:
        return person_of(house.desk, CUSTOMER), view_of(house.desk, STRANGER).actor.organisation_id

    def test_an_organisation_is_called_by_its_new_name(self, house: House) -> None:
        """On its documents, too, for those who have them already."""
        id, view = house.add(), view_of(house.desk, CUSTOMER)
        with reading(house.desk):
            cursor = feed.pull(house.desk, view, None, 1_000).cursor
        own = view.actor.organisation_id
        administration.rename_organisation(house.desk, own, "Practice North", NOW)
        with reading(house.desk):
            changes = feed.pull(house.desk, view, cursor, 1_000).changes
        came = [each.entity for each in changes if isinstance(each, Upsert)]
        (document,) = (each for each in came if isinstance(each, Document))
        assert (document.id, document.organisation_name) == (id, "Practice North")

    def test_withdrawn_nobody_signs_it(self, house: House) -> None:
        """It stays readable, with the event; the contact is mailed."""
        id = house.add(contact=CUSTOMER)
        assert documents.withdraw(house.desk, WithdrawDocument("AN-1"), house.mia) == Outcome(id, "AN-1")
        assert house.fact(id).state is DocumentState.WITHDRAWN
        with reading(house.desk):
            assert list(house.desk.execute(select(events.c.event)).scalars()) == [EventKind.WITHDRAWN]
            assert len(house.desk.execute(select(mail)).all()) == 2
        with pytest.raises(Refused, match="withdrawn"):
            house.sign(id)
        with pytest.raises(Refused):
            documents.withdraw(house.desk, WithdrawDocument("AN-1"), house.mia)

    def test_what_is_written_about_it(self, house: House) -> None:
        """Answers reach the customer in the app and by mail, notes nobody; time is listed."""
        id = house.add(contact=CUSTOMER)
        talk_work.DOCUMENT.answer(house.desk, AnswerDocument("AN-1", "Until Friday, please."), house.mia)
        talk_work.DOCUMENT.note(house.desk, NoteDocument("AN-1", "Ask their boss."), house.mia)
        shown = documents.show(house.desk, ShowDocument(id), house.mia)
        assert [each.internal for each in shown.conversation] == [False, True]
        assert (shown.contact, shown.files[0].name) == ("Jana", "offer.pdf")
        with reading(house.desk):
            bodies = list(house.desk.execute(select(mail.c.body_text)).scalars())
        assert sum("Until Friday" in body for body in bodies) == 1
        assert not any("their boss" in body for body in bodies)

    def test_the_list_by_state_organisation_and_words(self, house: House) -> None:
        """All, or those that meet everything that is said."""
        first = house.add("AN-1")
        house.add("AN-2")
        house.push(CUSTOMER, DeclineDocument(first, "Too dear."))

        def numbers(**said: object) -> list[str]:
            found = documents.chosen(house.desk, ListDocuments(**said), house.mia)  # type: ignore[arg-type]
            return sorted(each.number for each in found.documents)

        assert numbers() == numbers(organisation="Practice", words="off") == ["AN-1", "AN-2"]
        assert numbers(state=(DocumentState.DECLINED,)) == ["AN-1"]
        assert numbers(organisation="Elsewhere") == []
        assert documents.show(house.desk, ShowDocument("AN-1"), house.mia).reason == "Too dear."


class TestExamining:
    """What a PDF asks is read when it is added."""

    def request(self, house: House, content: bytes) -> AddDocument:
        return AddDocument("Practice", "AN-1", "Offer", house.pdf(content))

    def test_the_form_is_found(self, house: House) -> None:
        """Fields and the place for the mark."""
        form = documents.examined(house.files, self.request(house, PDF))
        assert form.place is not None
        assert {field.name for field in form.fields} == {field.name for field in FORM.fields}

    def test_without_a_place_it_is_refused(self, house: House) -> None:
        """The sentence says what is missing."""
        plain = apart.fill(PDF, ANSWERS)
        with pytest.raises(DocumentUnusable, match="no place for a signature"):
            documents.examined(house.files, self.request(house, plain))

    def test_what_is_damaged_is_told_to_those_who_give_it(self, house: House) -> None:
        """Customers would be sent to them for another copy."""
        with pytest.raises(DocumentDamaged) as told:
            documents.examined(house.files, self.request(house, PDF[:500]))
        assert told.value.field == "file"
        assert "vendor" not in told.value.next_step

    def test_what_has_not_arrived_is_told(self, house: House) -> None:
        """It is not read, and not taken."""
        missing = FileRef(name="offer.pdf", sha256="a" * 64, size_bytes=10, media_type="application/pdf")
        with pytest.raises(Refused, match="has not arrived"):
            documents.examined(house.files, AddDocument("Practice", "AN-1", "Offer", missing))


class TestSealing:
    def test_what_was_signed_is_sealed(self, house: House) -> None:
        """With the answers on the pages, by a certificate that customers are told; the audit says who, when,
        from where, and what.
        """
        id = house.add()
        house.sign(id)
        assert house.fact(id).signed_file_id == ""
        signed = house.seal()
        seen = house.fact(id)
        with reading(house.desk):
            file = select(attachments).where(attachments.c.id == seen.signed_file_id)
            attached = house.desk.execute(file).mappings().one()
            trusted = seal_identity.certificates(house.desk)
            told = house.desk.execute(select(audit).where(audit.c.action == "seal_document")).mappings().one()
        pdf = house.files.read(attached["sha256"], 0, attached["size_bytes"])
        proof = checking.check(pdf, trusted)
        assert (proof.standing, proof.signed_by, proof.sealed_by) == (Standing.INTACT, "Jana", "Small Vendor")
        assert "Größe: 30 €" in text_of(pdf)
        assert "Signed by Jana on" in text_of(pdf)
        assert attached["name"] == "offer (signed).pdf"
        assert told["person_id"] == person_of(house.desk, CUSTOMER)
        assert told["details"] == {
            "signed_at": NOW.isoformat(),
            "from": "192.0.2.7",
            "file_sha256": signed.file_sha256,
            "sealed_sha256": attached["sha256"],
        }
        assert checking.check(_one_bit_changed(pdf), trusted).standing is Standing.CHANGED
        with pytest.raises(DocumentSealed):
            documents.examined(house.files, TestExamining().request(house, pdf))

    def test_it_survives_a_crash_after_each_step(self, house: House) -> None:
        """Whatever was done before is done again, and recorded once."""
        id = house.add()
        house.sign(id)
        assert sealing.claim_due(house.desk, NOW) is not None  # the crash comes after the claim
        assert sealing.claim_due(house.desk, NOW) is None
        later = NOW + sealing.CLAIM
        second = sealing.claim_due(house.desk, later)
        assert second is not None
        sealing.seal(second, house.files)  # the crash comes after the content was kept
        third = sealing.claim_due(house.desk, later + sealing.CLAIM)
        assert third is not None
        made = sealing.seal(third, house.files)
        assert sealing.record(house.desk, house.files.whole, third, made, later)
        assert not sealing.record(house.desk, house.files.whole, second, made, later)
        assert sealing.claim_due(house.desk, later + 3 * sealing.CLAIM) is None
        with reading(house.desk):
            ids = list(house.desk.execute(select(attachments.c.id)).scalars())
        assert sorted(ids) == [f"{id}-0", f"{id}-sealed"]

    def test_what_fails_is_tried_again_after_a_pause(self, house: House) -> None:
        """The pause grows; a signature is never given up."""
        house.sign(house.add())
        moment = NOW
        for minutes in (1, 5, 15, 60, 240, 240):
            signed = sealing.claim_due(house.desk, moment)
            assert signed is not None
            sealing.failed(house.desk, signed, TimeStampFailed(), moment)
            pause = timedelta(minutes=minutes)
            assert sealing.claim_due(house.desk, moment + pause - timedelta(seconds=1)) is None
            moment += pause
        assert sealing.claim_due(house.desk, moment) is not None

    def test_what_no_certificate_was_valid_for_waits_for_another_one(self, house: House) -> None:
        """It is shown, its picture is kept, and the next start tries it once more."""
        id = house.add()
        house.sign(id)
        assert documents.show(house.desk, ShowDocument(id), house.mia).seal_trouble is None
        young = SealIdentity(make_identity("Young", "secret", NOW + timedelta(days=3 * 365)), "secret")
        signed = sealing.claim_due(house.desk, NOW)
        assert signed is not None
        with pytest.raises(CertificateNotValid) as failure:
            sealing.seal(signed, house.files, identity=young)
        sealing.failed(house.desk, signed, failure.value, NOW)
        much_later = now() + timedelta(days=300)
        assert sealing.claim_due(house.desk, much_later) is None
        uploads.sweep(house.desk, house.files.whole, much_later)
        (listed,) = documents.chosen(house.desk, ListDocuments(), house.mia).documents
        assert listed.seal_trouble is SealTrouble.CERTIFICATE_NOT_VALID
        sealing.resume(house.desk, NOW)
        house.seal()
        assert house.fact(id).signed_file_id
        assert documents.show(house.desk, ShowDocument(id), house.mia).seal_trouble is None

    def test_a_picture_that_is_none_keeps_nobody_from_a_seal(self, house: House) -> None:
        """Who signed, and when, stands there all the same."""
        id = house.add()
        mark = house.stored(person_of(house.desk, CUSTOMER), b"not a picture", "mark.png", "image/png")
        house.sign(id, mark=mark)
        house.seal()
        assert house.fact(id).signed_file_id

    def test_what_a_seal_needs_is_not_swept_away(self, house: House) -> None:
        """The mark stays until it stands in the sealed document."""
        id = house.add()
        house.sign(id)
        mark = house.row(id)["mark_sha256"]
        contents = house.files.whole
        assert isinstance(contents, Folder)
        much_later = now() + timedelta(days=30)
        uploads.sweep(house.desk, contents, much_later)
        assert contents.has(mark)
        house.seal()
        uploads.sweep(house.desk, contents, much_later)
        assert not contents.has(mark)
        assert contents.has(house.row(id)["sealed_sha256"])


@pytest.mark.second_stage
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so here")
@pytest.mark.parametrize("point", POINTS)
def test_a_sealer_may_be_killed_at_any_point(tmp_path: Path, point: str) -> None:
    """By the next one the document is sealed, once; nothing of it was lost or changed."""
    with furnished(tmp_path) as desk:
        house = House(desk, tmp_path / "files")
        house.sign(id := house.add())
        before = house.row(id)
    command = [sys.executable, "-m", "tests.support.dying_sealer", str(tmp_path), point]
    assert subprocess.run(command, check=False, timeout=120).returncode == -signal.SIGKILL
    with furnished(tmp_path) as desk:
        house = House(desk, tmp_path / "files")
        signed = sealing.claim_due(desk, now() + sealing.CLAIM)
        assert (signed is None) == (point == "recorded")
        if signed is not None:
            made = sealing.seal(signed, house.files)
            assert sealing.record(desk, house.files.whole, signed, made, now())
        after = house.row(id)
        assert {name: before[name] for name in _FIXED} == {name: after[name] for name in _FIXED}
        with reading(desk):
            sealed = select(attachments).where(attachments.c.id == after["signed_file_id"])
            attached = desk.execute(sealed).mappings().one()
            trusted = seal_identity.certificates(desk)
            told = select(audit.c.id).where(audit.c.action == "seal_document")
            assert len(desk.execute(told).all()) == 1
        content = house.files.read(attached["sha256"], 0, attached["size_bytes"])
        assert checking.check(content, trusted).standing is Standing.INTACT


class TestAnsweredOnce:
    def test_nothing_changes_a_signed_document(self, house: House) -> None:
        """Not its state, its answers or its files: whatever is called, before the seal and after it."""
        id = house.add()
        house.sign(id)
        self._try_to_change(house, id)
        house.seal()
        sealed = house.row(id)["sealed_sha256"]
        self._try_to_change(house, id)
        assert house.row(id)["sealed_sha256"] == sealed != ""

    def _try_to_change(self, house: House, id: str) -> None:
        before = house.row(id), self._files(house, id)
        for attempt in self._attempts(house, id):
            with suppress(SupportDeskError):
                attempt()
        after = house.row(id), self._files(house, id)
        assert {name: before[0][name] for name in _FIXED} == {name: after[0][name] for name in _FIXED}
        assert before[1] == {key: after[1][key] for key in before[1]}

    def _attempts(self, house: House, id: str) -> list[Callable[[], object]]:
        mia = house.mia.person_id
        file = house.stored(person_of(house.desk, CUSTOMER), b"more", "more.txt", "text/plain")

        def direct() -> None:
            with writing(house.desk):
                change = changing.Change(house.desk, changing.head(house.desk, id), mia, NOW)
                change.set(title="Another", state=DocumentState.TO_SIGN, filled={}, file_id="x")
                change.done()

        return [
            lambda: house.sign(id),
            lambda: house.sign(id, COLLEAGUE, values={**ANSWERS, "notes": "changed"}),
            lambda: house.push(CUSTOMER, DeclineDocument(id, "Now I don't want it.")),
            lambda: documents.withdraw(house.desk, WithdrawDocument(id), house.mia),
            house.add,
            lambda: house.push(CUSTOMER, Reply(conversation_id=id, body="A question.", files=(file,))),
            lambda: house.push(CUSTOMER, AddFiles(conversation_id=id, files=(file,))),
            lambda: staff.answer(house.desk, mia, id, "An answer.", NOW),
            lambda: staff.note(house.desk, mia, id, "A note.", NOW),
            lambda: staff.assign(house.desk, mia, id, mia, NOW),
            lambda: staff.record_time(house.desk, mia, id, 5, "call", NOW),
            direct,
        ]

    def _files(self, house: House, id: str) -> dict[str, RowMapping]:
        with reading(house.desk):
            rows = house.desk.execute(select(attachments).where(attachments.c.conversation_id == id))
            return {row["id"]: row for row in rows.mappings()}

    @pytest.mark.parametrize("state", [DocumentState.SIGNED, DocumentState.DECLINED, DocumentState.WITHDRAWN])
    def test_the_one_place_that_writes_says_no(self, house: House, state: DocumentState) -> None:
        """Also where a rule before it was forgotten."""
        id = house.add()
        with writing(house.desk):
            house.desk.execute(update(table).where(table.c.id == id).values(state=state))
        with reading(house.desk):
            head = changing.head(house.desk, id)
        change = changing.Change(house.desk, head, house.mia.person_id, NOW)
        change.set(title="Another")
        with pytest.raises(Refused, match="answered or withdrawn"), writing(house.desk):
            change.done()
        assert house.row(id)["title"] == "Offer"


def test_a_desk_makes_its_certificate_once_and_forgets_none(house: House) -> None:
    """What was sealed with an earlier one goes on to hold."""
    from supportdesk.pdf.identity import certificate_of, make_identity

    with reading(house.desk):
        own, first = seal_identity.own(house.desk), seal_identity.certificates(house.desk)
    seal_identity.prepare(house.desk, "Small Vendor", NOW)
    bought = seal_identity.SealIdentity(make_identity("Bought", "secret", NOW), "secret")
    seal_identity.prepare(house.desk, "Small Vendor", NOW, given=bought, trusted=(b"authority",))
    with reading(house.desk):
        assert seal_identity.own(house.desk) == own
        assert seal_identity.certificates(house.desk) == (*first, certificate_of(*bought), b"authority")
    assert repr(bought) == "SealIdentity()"


def _one_bit_changed(pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    return bytes(changed)
