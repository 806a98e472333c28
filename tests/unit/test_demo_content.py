"""The demo vendors: what they are filled with could have happened, and no two tickets are alike."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from cryptography.x509 import load_der_x509_certificate
from hypothesis import given
from hypothesis import strategies as st

from supportdesk import resources
from supportdesk.desk.demo import ink
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.demo.documents import Letterhead
from supportdesk.desk.demo.documents import document as made
from supportdesk.desk.demo.portrait import portrait
from supportdesk.domain.catalogue import Catalogue, FieldKind
from supportdesk.domain.demo import (
    DemoArticle,
    DemoContent,
    DemoEntry,
    DemoIssue,
    DemoNotice,
    DemoTicket,
    moment,
)
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.documents import DocumentState, missing, problems
from supportdesk.domain.entities import KeyKind, Role, SubscriptionState
from supportdesk.domain.portraits import portrait_problem
from supportdesk.domain.profile import Profile
from supportdesk.domain.profile_files import bundled_path, load
from supportdesk.domain.status import OPEN_STATUSES, REOPENABLE, Status, may_follow
from supportdesk.pdf.identity import certificate_of, make_identity
from supportdesk.pdf.picture import decoded
from supportdesk.pdf.reading import read

BERLIN_WINTER = timezone(timedelta(hours=1))
PICTURED = datetime(2025, 11, 18, 11, 14, tzinfo=BERLIN_WINTER)
"""The moment that the pictures of the practice show."""

MONDAY_NIGHT = datetime(2026, 3, 2, 0, 5, tzinfo=BERLIN_WINTER)
SUNDAY = datetime(2026, 3, 8, 15, 30, tzinfo=UTC)
OWN = tuple((load(bundled_path(name)), load_demo_content(name)) for name in DEMO_NAMES)
TRANSLATED = tuple(
    (folder.parent.name, folder.name)
    for folder in sorted(resources.path("demo").glob("*/*"))
    if folder.is_dir()
)
"""Vendor and language of what some also wrote in another one."""

ALL = (
    *OWN,
    *((load(bundled_path(name)), load_demo_content(name, language)) for name, language in TRANSLATED),
)
every_vendor = pytest.mark.parametrize(
    ("profile", "content"), ALL, ids=[*DEMO_NAMES, *("-".join(each) for each in TRANSLATED)]
)


def content_of(name: str) -> DemoContent:
    return ALL[DEMO_NAMES.index(name)][1]


def ticket_of(content: DemoContent, number: str) -> DemoTicket:
    return next(ticket for ticket in content.tickets if ticket.number == number)


def status_of(content: DemoContent, ticket: DemoTicket) -> Status:
    return ticket.statuses(content.staff())[-1]


@every_vendor
def test_a_demo_has_sixty_tickets_in_every_status(profile: Profile, content: DemoContent) -> None:
    """Each vendor has some sixty tickets, and every status occurs."""
    assert len(content.tickets) >= 60
    assert {status_of(content, ticket) for ticket in content.tickets} == set(Status)


@every_vendor
def test_no_two_tickets_are_alike(profile: Profile, content: DemoContent) -> None:
    """Numbers, subjects and first messages are unique; longer messages never repeat."""
    assert len({ticket.number for ticket in content.tickets}) == len(content.tickets)
    assert len({ticket.subject for ticket in content.tickets}) == len(content.tickets)
    texts = Counter(entry.text for ticket in content.tickets for entry in ticket.log if len(entry.text) > 30)
    assert [text for text, count in texts.items() if count > 1] == []


@every_vendor
def test_numbers_grow_with_time(profile: Profile, content: DemoContent) -> None:
    """A ticket with a greater number was reported later."""
    reported = [moment(ticket.log[0].at, PICTURED) for ticket in content.tickets]
    assert reported == sorted(reported, reverse=True)


@pytest.mark.parametrize("now", [PICTURED, MONDAY_NIGHT, SUNDAY], ids=["pictured", "night", "sunday"])
@every_vendor
def test_a_log_runs_forward_and_ends_before_now(
    profile: Profile, content: DemoContent, now: datetime
) -> None:
    """Whenever the demo is started, its messages are in order and none is in the future."""
    for ticket in content.tickets:
        times = [moment(entry.at, now) for entry in ticket.log]
        assert times == sorted(times), ticket.number
        assert times[-1] <= now, ticket.number


@every_vendor
def test_statuses_follow_the_rules(profile: Profile, content: DemoContent) -> None:
    """No log takes a step that the desk would refuse, and solved tickets have somebody who solved them."""
    for ticket in content.tickets:
        before = Status.NEW
        for entry, after in zip(ticket.log, ticket.statuses(content.staff()), strict=True):
            assert after is before or may_follow(before, after), (ticket.number, entry.at)
            before = after
        if before is not Status.NEW and before is not Status.BACKLOG:
            assert ticket.assignee() or before is Status.QUESTION, ticket.number


@every_vendor
def test_people_do_what_they_may(profile: Profile, content: DemoContent) -> None:
    """Only staff take over, record time and move the status; only customers rate; the first entry reports."""
    staff = content.staff()
    for ticket in content.tickets:
        assert content.person(ticket.requester).role is not Role.STAFF
        assert ticket.log[0].text, ticket.number
        for entry in ticket.log:
            author = content.person(entry.by)
            if author.key not in staff:
                assert (entry.assign, entry.minutes) == ("", 0), ticket.number
                assert entry.status in (None, Status.CLOSED), ticket.number
                assert may_write(content, ticket, entry), (ticket.number, entry.by)
            assert not (entry.rating and author.key in staff), ticket.number
            assert not entry.assign or entry.assign in staff, ticket.number


def may_write(content: DemoContent, ticket: DemoTicket, entry: DemoEntry) -> bool:
    """Colleagues of the requester may, and the partner who looks after their organisation."""
    mine = content.person(entry.by).organisation
    theirs = content.person(ticket.requester).organisation
    partner = next(each.partner for each in content.organisations if each.key == theirs)
    return mine in (theirs, partner)


@every_vendor
def test_tickets_fit_the_catalogue(profile: Profile, content: DemoContent) -> None:
    """Services, types, priorities, desks and consents are on offer, and the form is filled in rightly."""
    catalogue = profile.catalogue
    for ticket in content.tickets:
        assert bool(ticket.desk) == bool(catalogue.desks), ticket.number
        offered = {service.id for _, service in catalogue.choosable_services(ticket.desk)}
        assert ticket.service in offered, ticket.number
        assert ticket.type in {each.id for each in catalogue.choosable_types(ticket.desk)}, ticket.number
        assert catalogue.priority(ticket.priority), ticket.number
        assert not ticket.consent or catalogue.consent(ticket.consent), ticket.number
        assert not ticket.desk or catalogue.desk(ticket.desk), ticket.number
        assert_form_is_filled(catalogue, ticket)


def assert_form_is_filled(catalogue: Catalogue, ticket: DemoTicket) -> None:
    form = {
        field.id: field
        for field in catalogue.form(service_id=ticket.service, type_id=ticket.type, desk_id=ticket.desk)
    }
    assert set(ticket.fields) <= set(form), ticket.number
    for field in form.values():
        value = ticket.fields.get(field.id, "")
        assert value or not field.required, (ticket.number, field.id)
        if field.kind is FieldKind.CHOICE and value:
            assert value in {choice.id for choice in field.choices}, ticket.number
        if field.kind is FieldKind.CHECKBOX and value:
            assert value in ("yes", "no"), ticket.number
        if field.kind is FieldKind.NUMBER and value:
            assert float(value) >= 0, ticket.number
        if field.kind is FieldKind.DATE and value:
            assert moment(value, PICTURED) != PICTURED, ticket.number


@every_vendor
def test_there_is_one_demo_customer_and_somebody_else_to_be_kept_apart(
    profile: Profile, content: DemoContent
) -> None:
    """One person signs in; there are staff, an administrator, and an organisation they must not see."""
    customer = content.demo_customer()
    assert sum(person.demo_customer for person in content.people) == 1
    assert customer.active
    assert len(content.staff()) >= 3
    roles = {person.role for person in content.people if person.organisation == customer.organisation}
    assert Role.ORGANISATION_ADMIN in roles
    strangers = [
        each.key for each in content.organisations if customer.organisation not in (each.key, each.partner)
    ]
    assert any(content.person(ticket.requester).organisation in strangers for ticket in content.tickets)


@every_vendor
def test_people_are_invented(profile: Profile, content: DemoContent) -> None:
    """Addresses are unique and in a domain kept for examples; everybody but staff has an organisation."""
    organisations = {each.key for each in content.organisations}
    assert len({person.email for person in content.people}) == len(content.people)
    for person in content.people:
        assert person.email.endswith(".example")
        assert (person.organisation in organisations) is (person.role is not Role.STAFF)


@every_vendor
def test_reading_matter_is_there_where_the_vendor_shows_it(profile: Profile, content: DemoContent) -> None:
    """Notices, articles, newsletter issues and keys exist for each module that shows them."""
    assert len(content.articles) >= 15
    assert len(content.notices) >= 4
    assert any(notice.must_confirm and not notice.read for notice in content.notices)
    assert bool(content.issues) is ("newsletter" in profile.modules)
    assert bool(content.keys) is ("license_keys" in profile.modules)
    for issue in content.issues:
        assert moment(issue.published, PICTURED) < PICTURED


@every_vendor
def test_reading_matter_refers_to_what_exists(profile: Profile, content: DemoContent) -> None:
    """Articles belong to services of the catalogue; keys are unique; notices end after they begin."""
    for article in content.articles:
        assert profile.catalogue.service_path(article.service), article.key
    keys = [
        *(article.key for article in content.articles),
        *(notice.key for notice in content.notices),
        *(issue.key for issue in content.issues),
    ]
    assert len(keys) == len(set(keys))
    for notice in content.notices:
        if notice.valid_until:
            assert moment(notice.published, PICTURED) < moment(notice.valid_until, PICTURED)


@every_vendor
def test_license_keys_belong_to_organisations(profile: Profile, content: DemoContent) -> None:
    """Each key has its owner, the demo customer has both kinds, and no key is there twice."""
    organisations = {each.key for each in content.organisations}
    assert {key.organisation for key in content.keys} <= organisations
    assert len({key.value for key in content.keys}) == len(content.keys)
    mine = {key.kind for key in content.keys if key.organisation == content.demo_customer().organisation}
    assert mine == (set(KeyKind) if content.keys else set())


@every_vendor
def test_subscriptions_are_trees_of_things_that_exist(profile: Profile, content: DemoContent) -> None:
    """What is a part stands behind its whole, numbers are unique, keys and periods are right."""
    assert bool(content.subscriptions) is ("subscriptions" in profile.modules)
    keys = {(key.organisation, key.value) for key in content.keys}
    seen: set[tuple[str, str]] = set()
    for each in content.subscriptions:
        assert not each.parent or (each.organisation, each.parent) in seen, each.number
        assert (each.organisation, each.number) not in seen, each.number
        seen.add((each.organisation, each.number))
        assert {(each.organisation, value) for value in each.keys} <= keys, each.number
        starts, ends = (moment(day, PICTURED) if day else PICTURED for day in (each.starts, each.ends))
        assert starts <= PICTURED or each.state is SubscriptionState.ORDERED, each.number
        assert (each.state is SubscriptionState.ENDED) is (ends < PICTURED), each.number
        assert each.state is not SubscriptionState.ENDING or each.ends, each.number
        times = [moment(said.at, PICTURED) for said in each.talk]
        assert times == sorted(times), each.number


def test_the_shop_has_subscriptions_in_three_levels_and_every_state() -> None:
    """Some thirty-five of the customer's own, and some of the customers that they look after."""
    content = content_of("retail")
    mine = [each for each in content.subscriptions if each.organisation == "petri"]
    assert len(mine) >= 35
    assert {each.state for each in mine} == set(SubscriptionState)
    parents = {each.number: each.parent for each in mine}
    assert any(parents.get(parents.get(each.parent, "")) is not None for each in mine if each.parent)
    assert any(each.organisation in ("holt", "behnke") for each in content.subscriptions)
    assert any(each.keys for each in mine)


@every_vendor
def test_texts_are_written_with_proper_quotation_marks(profile: Profile, content: DemoContent) -> None:
    """German texts use German quotation marks, and no text has blanks at its ends or two in a row."""
    for ticket in content.tickets:
        for text in (ticket.subject, *(entry.text for entry in ticket.log)):
            assert text == text.strip(), ticket.number
            assert "  " not in text, ticket.number
            assert text.count("„") == text.count("“"), ticket.number
            assert profile.default_language == "en" or '"' not in text, ticket.number


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_a_translation_tells_the_same(name: str, language: str) -> None:
    """Only texts differ: the same people do the same at the same time, and no sentence is left as it was."""
    own, spoken = load_demo_content(name), load_demo_content(name, language)
    assert without_texts(msgspec.to_builtins(spoken)) == without_texts(msgspec.to_builtins(own))
    left = set(sentences(own)) & set(sentences(spoken)) - {"Merci beaucoup!"}
    assert not left


TEXTS = ("subject", "text", "title", "summary", "category", "labels", "fields", "pages", "picture")


def without_texts(part: object) -> object:
    """What is left of a content when all that is read is taken out; of the names of files, the ending."""
    if isinstance(part, dict):
        return {
            key: value.rpartition(".")[2] if key == "name" else without_texts(value)
            for key, value in part.items()
            if key not in TEXTS
        }
    return [without_texts(each) for each in part] if isinstance(part, (list, tuple)) else part


def sentences(content: DemoContent) -> Iterator[str]:
    for ticket in content.tickets:
        yield ticket.subject
        yield from (entry.text for entry in ticket.log if entry.text)
    matter: list[DemoNotice | DemoIssue | DemoArticle] = [
        *content.notices,
        *content.issues,
        *content.articles,
    ]
    for each in matter:
        yield from (each.title, each.text)


def test_a_content_file_stays_readable() -> None:
    """No file of the demo has more than 600 lines, and each belongs to a known vendor."""
    for path in resources.path("demo").rglob("*.toml"):
        assert path.relative_to(resources.path("demo")).parts[0] in DEMO_NAMES
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, path.name
        assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_practice_shows_what_its_pictures_show() -> None:
    """The customer's open tickets are those of the pictures, in their order, with their statuses."""
    content = content_of("practice")
    mine = content.demo_customer().organisation
    rows = [
        (ticket.number, status_of(content, ticket), content.person(ticket.requester).name)
        for ticket in sorted(
            content.tickets, key=lambda ticket: moment(ticket.log[-1].at, PICTURED), reverse=True
        )
        if content.person(ticket.requester).organisation == mine
        and status_of(content, ticket) in OPEN_STATUSES
    ]
    assert rows == [
        ("1042", Status.QUESTION, "Jana Wiebe"),
        ("1041", Status.IN_PROGRESS, "Tom Albrecht"),
        ("1038", Status.SOLVED, "Jana Wiebe"),
        ("1035", Status.BACKLOG, "Tom Albrecht"),
        ("1029", Status.NEW, "Jana Wiebe"),
    ]
    first = ticket_of(content, "1042").log[0]
    assert moment(first.at, PICTURED) == datetime(2025, 11, 18, 9, 34, tzinfo=UTC)
    assert status_of(content, ticket_of(content, "0987")) is Status.CLOSED
    assert len(content.articles) >= 40


def test_the_shop_shows_what_its_picture_shows() -> None:
    """The first six open tickets of the shop are those of the picture, in their order."""
    content = content_of("retail")
    now = PICTURED.replace(hour=10, minute=34)
    rows = [
        (ticket.number, ticket.subject, content.person(ticket.requester).name)
        for ticket in sorted(content.tickets, key=lambda ticket: moment(ticket.log[-1].at, now), reverse=True)
        if content.person(ticket.requester).organisation == "petri"
        and status_of(content, ticket) in OPEN_STATUSES
    ]
    assert rows == [
        ("20418", "Umsatzsteuervoranmeldung bricht bei der Übermittlung ab", "Mirko Petri"),
        ("20411", "Lagerbestandsübersicht: negative Mengen", "Filiale Nord"),
        ("20397", "Warenwirtschaftssystem startet sehr langsam", "Mirko Petri"),
        ("20388", "Bondrucker druckt Umlaute falsch", "Filiale Hafen"),
        ("20376", "Schnittstelle zur Finanzbuchhaltung einrichten", "Mirko Petri"),
        ("20371", "Preisetiketten für Sonderaktionen", "Filiale Nord"),
    ]


@every_vendor
def test_something_can_be_reopened(profile: Profile, content: DemoContent) -> None:
    """The demo customer's organisation has closed tickets that are still within the vendor's limit."""
    mine = content.demo_customer().organisation
    limit = timedelta(days=profile.limits.reopen_days)
    reopenable = [
        ticket.number
        for ticket in content.tickets
        if status_of(content, ticket) in REOPENABLE
        and content.person(ticket.requester).organisation == mine
        and PICTURED - moment(ticket.log[-1].at, PICTURED) < limit
    ]
    assert len(reopenable) >= 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("40m", datetime(2025, 11, 18, 9, 34, tzinfo=UTC)),
        ("+40m", datetime(2025, 11, 18, 10, 54, tzinfo=UTC)),
        ("1b 08:51", datetime(2025, 11, 17, 7, 51, tzinfo=UTC)),
        ("2b 08:00", datetime(2025, 11, 14, 7, 0, tzinfo=UTC)),
        ("7b", datetime(2025, 11, 7, 11, 0, tzinfo=UTC)),
        ("0d", datetime(2025, 11, 18, 11, 0, tzinfo=UTC)),
        ("77d", datetime(2025, 9, 2, 11, 0, tzinfo=UTC)),
        ("+27d", datetime(2025, 12, 15, 22, 59, tzinfo=UTC)),
        ("+1d 07:30", datetime(2025, 11, 19, 6, 30, tzinfo=UTC)),
    ],
)
def test_a_relative_time_means_a_moment(written: str, expected: datetime) -> None:
    """Minutes count exactly; days and business days name a time of the vendor's clock."""
    assert moment(written, PICTURED) == expected


@pytest.mark.parametrize(
    "written", ["", "yesterday", "-3d", "3w", "3d 8:00", "40m 08:00", "3d 25:00", "1b08:00"]
)
def test_any_other_time_is_refused(written: str) -> None:
    """What is not a relative time raises ValueError."""
    with pytest.raises(ValueError, match=r"."):
        moment(written, PICTURED)


@given(count=st.integers(0, 300), day=st.integers(0, 400))
def test_business_days_are_never_on_a_weekend(count: int, day: int) -> None:
    """Except for 'today', a business day is Monday to Friday, and more of them lie further back."""
    now = PICTURED + timedelta(days=day)
    local = moment(f"{count + 1}b 10:00", now).astimezone(BERLIN_WINTER)
    assert local.weekday() < 5
    assert local < moment(f"{count}b 10:00", now) or count == 0


def test_a_demo_that_does_not_exist_is_told() -> None:
    """Asking for an unknown demo's content raises FileNotFoundError."""
    with pytest.raises(FileNotFoundError):
        load_demo_content("bakery")


def test_an_unknown_person_is_told() -> None:
    """A key that nobody has raises KeyError."""
    with pytest.raises(KeyError):
        content_of("practice").person("nobody")


@every_vendor
def test_documents_could_have_been_answered_so(profile: Profile, content: DemoContent) -> None:
    """By people of theirs, with answers that the form takes; what is declined has a reason."""
    known = {ticket.number for ticket in content.tickets} | {each.number for each in content.documents}
    for document in content.documents:
        assert document.by in content.staff()
        theirs = {person.key for person in content.people if person.organisation == document.organisation}
        assert {document.contact, document.answered_by} - {""} <= theirs, document.number
        assert not document.concerns or document.concerns in known, document.number
        answered = document.state in (DocumentState.SIGNED, DocumentState.DECLINED)
        assert bool(document.answered_by) == answered, document.number
        assert bool(document.reason) == (document.state is DocumentState.DECLINED), document.number
        times = [document.sent, document.answered or document.sent]
        first, last = (moment(each, PICTURED) for each in times)
        assert first <= last <= PICTURED, document.number


def test_documents_that_were_signed_are_filled_in_rightly() -> None:
    """As their own PDFs ask; the retail vendor has some in each state, one of them with many questions."""
    content = content_of("retail")
    assert {document.state for document in content.documents} == set(DocumentState)
    asked = []
    for document in content.documents:
        form = read(made(document.paper, "de", Letterhead("V", "A", document.number, "1"), ("C",)))
        asked.append(len(missing(form.fields, {})))
        if document.state is DocumentState.SIGNED:
            dates = {each.name for each in form.fields if each.kind is FieldKind.DATE}
            values = {
                name: f"{moment(value, PICTURED):%Y-%m-%d}" if name in dates else value
                for name, value in document.values.items()
            }
            assert problems(form.fields, values) == (), document.number
    assert max(asked) >= 10


def test_a_key_made_now_seals_what_was_signed_before() -> None:
    """Else no demo desk could seal its documents: a certificate vouches for nothing before its own time."""
    pkcs12 = make_identity("Tallwerk", "secret", PICTURED)
    certificate = load_der_x509_certificate(certificate_of(pkcs12, "secret"))
    signed = [each for each in content_of("retail").documents if each.state is DocumentState.SIGNED]
    first = min(moment(each.answered, PICTURED) for each in signed)
    assert certificate.not_valid_before_utc < first


def test_a_signature_is_a_picture_of_its_own() -> None:
    """The same for the same person, another for another one."""
    assert ink.signature("jana") == ink.signature("jana") != ink.signature("tom")
    assert decoded(ink.signature("jana")).width == 320


@every_vendor
def test_most_of_the_staff_have_pictures_of_their_own(profile: Profile, content: DemoContent) -> None:
    """Small enough to travel with what is known of them; at least one is shown by two letters."""
    staff = [person for person in content.people if person.role is Role.STAFF]
    pictures = [portrait(person.key, person.hair) for person in staff if person.hair]
    assert all(not portrait_problem(picture) for picture in pictures)
    assert len({*pictures}) == len(pictures)
    assert 0 < len(pictures) < len(staff)
    assert not any(person.hair for person in content.people if person.role is not Role.STAFF)
