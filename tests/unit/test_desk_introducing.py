"""What customers get to know of the vendor's people: what the vendor says of them, and nothing else."""

from pathlib import Path

import msgspec
import pytest

from supportdesk.clock import now
from supportdesk.desk.office import persons, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.visibility import feed
from supportdesk.domain import portraits
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Person, Ticket
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.office_people import ListPeople, RemovePicture, SetJob, SetPicture
from tests.support.desk import CUSTOMER, STAFF, STRANGER, person_of, small_profile, view_of
from tests.support.pdfs import png

NOW = now()
PICTURE = png(64, 64)


@pytest.fixture
def mia(desk: DeskConnection) -> By:
    return By(person_of(desk, STAFF), NOW)


def pulled(desk: DeskConnection, user: str, cursor: str | None = None) -> Page:
    view = view_of(desk, user)
    with reading(desk):
        return feed.pull(desk, view, cursor, 1_000)


def known(desk: DeskConnection, user: str, id: str) -> Person | None:
    """After a first sync."""
    found = [
        each.entity
        for each in pulled(desk, user).changes
        if isinstance(each, Upsert) and isinstance(each.entity, Person) and each.entity.id == id
    ]
    assert len(found) <= 1
    return found[0] if found else None


def shown(desk: DeskConnection, mia: By, files: Files, content: bytes = PICTURE) -> None:
    file = staff.stored(desk, files, mia.person_id, content, NOW, name="mia.png", media_type="image/png")
    request = SetPicture(STAFF, file)
    persons.set_picture(desk, request, mia, persons.examined(files, request))


def test_customers_know_of_staff_what_the_vendor_says(desk: DeskConnection, mia: By, tmp_path: Path) -> None:
    """Nothing before; then job and picture, at a first sync and later, without address; then nothing."""
    cursor = pulled(desk, CUSTOMER).cursor
    assert known(desk, CUSTOMER, mia.person_id) is None
    persons.set_job(desk, SetJob(STAFF, "  Hotline "), mia)
    shown(desk, mia, Files(tmp_path))
    for user in (CUSTOMER, STRANGER):
        seen = known(desk, user, mia.person_id)
        assert seen is not None
        assert (seen.name, seen.job, seen.picture, seen.email) == ("Mia", "Hotline", PICTURE, "")
    later = pulled(desk, CUSTOMER, cursor)
    assert [each.entity.id for each in later.changes if isinstance(each, Upsert)] == [mia.person_id]
    persons.set_job(desk, SetJob(STAFF), mia)
    persons.remove_picture(desk, RemovePicture(STAFF), mia)
    assert pulled(desk, CUSTOMER, later.cursor).changes == (Gone("person", mia.person_id),)
    assert known(desk, CUSTOMER, mia.person_id) is None
    persons.set_job(desk, SetJob(STAFF, "Technik"), mia)
    assert known(desk, CUSTOMER, mia.person_id) is not None


def test_a_vendor_who_shows_nobody_shows_no_faces(desk: DeskConnection, mia: By) -> None:
    """Nor by which id somebody handles a ticket."""
    persons.set_job(desk, SetJob(STAFF, "Hotline"), mia)
    ticket = staff.report_for(desk, mia.person_id, person_of(desk, CUSTOMER), "Printer", "Help", NOW)
    staff.assign(desk, mia.person_id, ticket, mia.person_id, NOW)

    def assignees() -> set[str]:
        changes = pulled(desk, CUSTOMER).changes
        return {
            each.entity.assignee_id
            for each in changes
            if isinstance(each, Upsert) and isinstance(each.entity, Ticket)
        }

    profile = small_profile()
    for shows, expected in ((True, {mia.person_id}), (False, {""})):
        profile = msgspec.structs.replace(
            profile, shown=msgspec.structs.replace(profile.shown, assignee=shows)
        )
        settings.keep(desk, settings.settings_of(profile))
        assert assignees() == expected
        assert (known(desk, CUSTOMER, mia.person_id) is not None) == shows


def test_only_staff_are_introduced(desk: DeskConnection, mia: By) -> None:
    """Not a customer, whoever asks for it; and a job is one line."""
    with pytest.raises(Refused):
        persons.set_job(desk, SetJob(CUSTOMER, "Boss"), mia)
    with pytest.raises(InvalidInput):
        persons.set_job(desk, SetJob(STAFF, "x" * 61), mia)
    persons.set_job(desk, SetJob(STAFF, "Hot\nline"), mia)
    (row,) = [each for each in persons.all_of_them(desk, ListPeople(), mia).people if each.user == STAFF]
    assert row.job == "Hot line"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0 a JPEG", "PNG"),
        (b"", "PNG"),
        (PICTURE[:20], "PNG"),
        (png(portraits.MIN_EDGE - 1, 64), "pixels"),
        (png(64, portraits.MAX_EDGE + 1), "pixels"),
        (PICTURE + bytes(portraits.MAX_BYTES), "32 KB"),
    ],
)
def test_other_pictures_are_refused(
    desk: DeskConnection, mia: By, tmp_path: Path, content: bytes, words: str
) -> None:
    """Of another kind, cut off, too small, too large."""
    with pytest.raises(InvalidInput, match=words):
        shown(desk, mia, Files(tmp_path), content)


def test_a_picture_has_to_be_there(tmp_path: Path) -> None:
    """Its content arrives before."""
    with pytest.raises(Refused):
        persons.examined(Files(tmp_path), SetPicture(STAFF, FileRef("a.png", "a" * 64, 9, "image/png")))
