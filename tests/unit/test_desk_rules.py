"""What the desk takes and what it refuses, and with which words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import ParamSpec

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk import i18n
from supportdesk.clock import uuid7
from supportdesk.desk.conversations import rules
from supportdesk.domain.capabilities import Capability, Limits
from supportdesk.domain.catalogue import (
    Catalogue,
    Choice,
    Consent,
    Desk,
    FieldKind,
    FormField,
    Priority,
    Service,
    TicketType,
)
from supportdesk.domain.commands import (
    AddFiles,
    CloseTicket,
    CreateTicket,
    FileRef,
    MarkRead,
    RateArticle,
    RateTicket,
    ReopenTicket,
    Reply,
)
from supportdesk.domain.entities import ConversationKind, Publication, PublicationKind, Ticket
from supportdesk.domain.errors import Refused
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.status import Status
from tests.support.facts import order

P = ParamSpec("P")

NOTHING = LocalText()
NOW = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
LIMITS = Limits(max_file_bytes=1024 * 1024, max_files=2, max_subject_chars=20, max_text_chars=50)


def _name(text: str) -> LocalText:
    return LocalText(en=text, de=f"{text} (de)")


def _field(id: str, kind: FieldKind, *, required: bool = False, error: LocalText = NOTHING) -> FormField:
    choices = (Choice(id="a", name=_name("A")),) if kind is FieldKind.CHOICE else ()
    return FormField(
        id=id,
        kind=kind,
        label=_name(id.title()),
        required=required,
        error=error,
        choices=choices,
        max_length=8,
        services=("printing",),
    )


CATALOGUE = Catalogue(
    desks=(Desk(id="north", name=_name("North")), Desk(id="south", name=_name("South"))),
    services=(
        Service(id="devices", name=_name("Devices"), parts=(Service(id="reader", name=_name("Reader")),)),
        Service(id="printing", name=_name("Printing")),
        Service(id="southern", name=_name("Southern"), desks=("south",)),
    ),
    types=(
        TicketType(id="unclassified", name=_name("Unclassified"), until_chosen=True),
        TicketType(id="incident", name=_name("Incident")),
    ),
    priorities=(
        Priority(id="normal", name=_name("Normal"), guidance=_name("Usual"), rank=1, preset=True),
        Priority(id="high", name=_name("High"), guidance=_name("Standstill"), rank=2),
    ),
    consents=(Consent(id="ask", name=_name("Ask me")),),
    fields=(
        _field("printer", FieldKind.TEXT, required=True),
        _field("notes", FieldKind.MULTILINE),
        _field("tray", FieldKind.CHOICE),
        _field("since", FieldKind.DATE),
        _field("pages", FieldKind.NUMBER),
        _field("again", FieldKind.CHECKBOX),
    ),
)


def _new(**change: object) -> CreateTicket:
    plain = CreateTicket(subject="Printer", description="It does not print.")
    return msgspec.structs.replace(plain, **change)


def _check(intent: CreateTicket) -> None:
    rules.check_new_ticket(intent, CATALOGUE, LIMITS)


def _file(**change: object) -> FileRef:
    return msgspec.structs.replace(
        FileRef(name="a.txt", sha256="0" * 64, size_bytes=10, media_type="text/plain"), **change
    )


def _ticket(status: Status, reopen_until: datetime | None = None) -> Ticket:
    return Ticket(
        id="t",
        number="1",
        subject="Printer",
        status=status,
        requester_id="p",
        requester_name="Jana",
        organisation_id="o",
        organisation_name="Practice",
        created_at=NOW,
        updated_at=NOW,
        reopen_until=reopen_until,
    )


def _refusal(check: Callable[P, None], *arguments: P.args, **named: P.kwargs) -> str:
    """The words with which it is refused."""
    with pytest.raises(Refused) as caught:
        check(*arguments, **named)
    return str(caught.value)


class TestNewTicket:
    def test_the_least_and_the_most_are_taken(self) -> None:
        """A ticket with subject and description only is taken, and one that uses every choice."""
        _check(_new())
        _check(
            _new(
                subject="x" * 20,
                description="x" * 50,
                service_id="printing",
                type_id="incident",
                priority_id="high",
                desk_id="north",
                consent_id="ask",
                source="Medora 12",
                files=(_file(), _file(name="b.txt")),
                fields={
                    "printer": "Canon",
                    "notes": "a\nb",
                    "tray": "a",
                    "since": "2026-03-01",
                    "pages": "1.5",
                    "again": "no",
                },
            )
        )

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"subject": ""}, "The subject is missing."),
            ({"subject": "\t "}, "The subject is missing."),
            ({"subject": "x" * 21}, "at most 20 characters"),
            ({"subject": "a\nb"}, "one line"),
            ({"subject": "a\u2028b"}, "one line"),
            ({"description": "\n"}, "Describe what happened."),
            ({"description": "x" * 51}, "at most 50 characters"),
            ({"source": "x" * 201}, "program"),
            ({"service_id": "nowhere"}, "no longer offers"),
            ({"service_id": "devices"}, "no longer offers"),
            ({"service_id": "southern", "desk_id": "north"}, "no longer offers"),
            ({"type_id": "nothing"}, "no longer offers"),
            ({"type_id": "unclassified"}, "no longer offers"),
            ({"priority_id": "none"}, "no longer offers"),
            ({"desk_id": "west"}, "no longer offers"),
            ({"consent_id": "no"}, "no longer offers"),
        ],
    )
    def test_what_cannot_be_taken_is_named(self, change: dict[str, object], words: str) -> None:
        """Each refusal says what is wrong."""
        assert words in _refusal(_check, _new(**change))

    def test_a_part_of_a_service_can_be_chosen(self) -> None:
        """Of a service with parts the parts can be chosen, the heading cannot."""
        _check(_new(service_id="reader"))

    def test_what_was_not_chosen_is_the_vendors_default(self) -> None:
        """Without type and priority the ticket gets those that the vendor has for 'not chosen'."""
        assert rules.chosen_or_preset(_new(), CATALOGUE) == ("unclassified", "normal")
        chosen = _new(type_id="incident", priority_id="high")
        assert rules.chosen_or_preset(chosen, CATALOGUE) == ("incident", "high")
        assert rules.chosen_or_preset(_new(), Catalogue()) == ("", "")


class TestFields:
    def test_a_required_field_is_asked_for_by_its_name(self) -> None:
        """In the customer's language."""
        i18n.set_language("en")
        assert "Printer" in _refusal(_check, _new(service_id="printing"))
        blank = _new(service_id="printing", fields={"printer": "  "})
        i18n.set_language("de")
        assert "Printer (de)" in _refusal(_check, blank)

    def test_the_vendors_own_words_are_used_for_a_missing_answer(self) -> None:
        """A field with an error sentence is refused with it."""
        field = _field("printer", FieldKind.TEXT, required=True, error=_name("Which printer is it?"))
        catalogue = msgspec.structs.replace(CATALOGUE, fields=(field,))
        wanted = _new(service_id="printing")
        words = _refusal(rules.check_new_ticket, wanted, catalogue, LIMITS)
        assert words == "Which printer is it?"

    @pytest.mark.parametrize("service", ["", "printing"])
    def test_a_field_that_the_form_does_not_have_is_refused(self, service: str) -> None:
        """Neither unknown fields nor fields of another form are taken."""
        fields = {"printer": "Canon", "colour": "red"} if service else {"printer": "Canon"}
        words = _refusal(_check, _new(service_id=service, fields=fields))
        assert ("colour" if service else "printer") in words

    @pytest.mark.parametrize(
        ("field", "value", "fits"),
        [
            ("printer", "x" * 8, True),
            ("printer", "x" * 9, False),
            ("notes", "x" * 9, False),
            ("tray", "a", True),
            ("tray", "b", False),
            ("since", "2026-02-28", True),
            ("since", "2026-02-28T10:30", False),
            ("since", "2026-02-30", False),
            ("since", "28.02.2026", False),
            ("since", "20260228", False),
            ("pages", "-3.25", True),
            ("pages", "3,25", False),
            ("pages", "NaN", False),
            ("pages", "1" * 9, False),
            ("again", "yes", True),
            ("again", "true", False),
        ],
    )
    def test_values_fit_their_kind(self, field: str, value: str, *, fits: bool) -> None:
        """Dates are ISO 8601, numbers have a point, check boxes say yes or no, choices are the vendor's."""
        wanted = _new(service_id="printing", fields={"printer": "Canon", field: value})
        if fits:
            _check(wanted)
        else:
            assert field.title() in _refusal(_check, wanted)

    @given(st.text(max_size=30))
    def test_no_text_breaks_a_field(self, value: str) -> None:
        """Whatever somebody types, a field takes it or refuses it with words."""
        for field in ("since", "pages", "tray", "again", "notes"):
            wanted = _new(service_id="printing", fields={"printer": "Canon", field: value})
            try:
                _check(wanted)
            except Refused as error:
                assert str(error)  # noqa: PT017 - either way is right


class TestFiles:
    def test_good_files_are_taken(self) -> None:
        """Names in any language, empty files, types with a suffix."""
        good = _file(name="Rezept – Müller.png", size_bytes=0, media_type="image/svg+xml")
        rules.check_files((good, _file(size_bytes=LIMITS.max_file_bytes)), LIMITS)

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": "."},
            {"name": ".. "},
            {"name": "a/b"},
            {"name": "a\\b"},
            {"name": "a\nb"},
            {"name": "evil\u202egnp.exe"},
            {"name": "x" * 256},
            {"size_bytes": -1},
            {"size_bytes": 1024 * 1024 + 1},
            {"sha256": "../../desk.db"},
            {"sha256": "A" * 64},
            {"media_type": ""},
            {"media_type": "text/plain; charset=utf-8"},
            {"media_type": "text"},
        ],
    )
    def test_files_that_could_do_harm_are_refused(self, change: dict[str, object]) -> None:
        """Names that are paths or disguises, sizes over the limit, hashes and types that are none."""
        assert _refusal(rules.check_files, (_file(**change),), LIMITS)

    def test_the_number_of_files_is_limited(self) -> None:
        """The refusal says how many are possible."""
        assert "2" in _refusal(rules.check_files, (_file(),) * 3, LIMITS)


class TestAnOpenTicket:
    def test_a_reply_needs_words(self) -> None:
        """An empty message is refused, a long one too."""
        ticket = _ticket(Status.NEW)
        rules.check_reply(Reply(conversation_id="t", body="Hello"), ticket, LIMITS, NOW)
        for body in ("", "x" * 51):
            wrong = Reply(conversation_id="t", body=body)
            assert _refusal(rules.check_reply, wrong, ticket, LIMITS, NOW)

    def test_files_alone_need_a_file(self) -> None:
        """Adding nothing is refused."""
        ticket = _ticket(Status.NEW)
        rules.check_added_files(AddFiles(conversation_id="t", files=(_file(),)), ticket, LIMITS, NOW)
        none = AddFiles(conversation_id="t", files=())
        assert "No file" in _refusal(rules.check_added_files, none, ticket, LIMITS, NOW)

    def test_files_belong_to_an_article_that_is_there(self) -> None:
        """Only orders have articles, and one can add to them and talk about them at any time."""
        made = order("o")
        rules.check_reply(Reply(conversation_id="o", body="Hello"), made, LIMITS, NOW)
        rules.check_added_files(AddFiles("o", (_file(),), article=0), made, LIMITS, NOW)
        for article, about in ((1, made), (-1, made), (0, _ticket(Status.NEW))):
            wrong = AddFiles("o", (_file(),), article=article)
            assert _refusal(rules.check_added_files, wrong, about, LIMITS, NOW)

    def test_rating_waits_for_a_solution(self) -> None:
        """Solved and closed tickets are rated, others not; a comment has its limit."""
        for status in Status:
            rate = RateTicket(ticket_id="t", helpful=True)
            if status in {Status.SOLVED, Status.CLOSED}:
                rules.check_rating(rate, _ticket(status))
            else:
                assert _refusal(rules.check_rating, rate, _ticket(status))
        long = RateTicket(ticket_id="t", helpful=False, comment="x" * 2001)
        assert "2000" in _refusal(rules.check_rating, long, _ticket(Status.SOLVED))


class TestReopening:
    @pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED])
    def test_it_is_possible_until_its_time_is_over(self, status: Status) -> None:
        """Up to the very moment, and not after it."""
        reopen = ReopenTicket(ticket_id="t", description="Again")
        ticket = _ticket(status, NOW)
        rules.check_reopening(reopen, ticket, LIMITS, NOW)
        late = NOW + timedelta(microseconds=1)
        assert "over" in _refusal(rules.check_reopening, reopen, ticket, LIMITS, late)
        assert "over" in _refusal(rules.check_reopening, reopen, _ticket(status), LIMITS, NOW)

    def test_it_needs_a_description(self) -> None:
        """Without one it is refused."""
        blank = ReopenTicket(ticket_id="t", description=" ")
        words = _refusal(rules.check_reopening, blank, _ticket(Status.SOLVED, NOW), LIMITS, NOW)
        assert "Describe" in words

    def test_a_ticket_that_is_open_again_takes_the_words(self) -> None:
        """What somebody wrote offline is not refused because staff were quicker."""
        reopen = ReopenTicket(ticket_id="t", description="Again")
        rules.check_reopening(reopen, _ticket(Status.IN_PROGRESS), LIMITS, NOW + timedelta(days=90))

    def test_a_reply_to_a_solved_ticket_obeys_the_same_limit(self) -> None:
        """A reply brings a solved ticket back as long as it may come back, a closed one never."""
        reply = Reply(conversation_id="t", body="Again")
        rules.check_reply(reply, _ticket(Status.SOLVED, NOW), LIMITS, NOW)
        late = NOW + timedelta(seconds=1)
        assert _refusal(rules.check_reply, reply, _ticket(Status.SOLVED, NOW), LIMITS, late)
        closed = _ticket(Status.CLOSED, NOW)
        assert "closed" in _refusal(rules.check_reply, reply, closed, LIMITS, NOW)


class TestReadingMatter:
    def _publication(self, kind: PublicationKind, *, must_confirm: bool = False) -> Publication:
        return Publication(
            id="p", publication=kind, title="T", body="B", published_at=NOW, must_confirm=must_confirm
        )

    def test_only_what_asks_for_it_is_confirmed(self) -> None:
        """A notice that must be confirmed, nothing else."""
        rules.check_confirmation(self._publication(PublicationKind.NOTICE, must_confirm=True))
        for other in (
            self._publication(PublicationKind.NOTICE),
            self._publication(PublicationKind.ARTICLE, must_confirm=True),
        ):
            assert _refusal(rules.check_confirmation, other)

    def test_only_articles_are_rated(self) -> None:
        """Notices and issues have no votes."""
        rules.check_article_rating(self._publication(PublicationKind.ARTICLE))
        for kind in (PublicationKind.NOTICE, PublicationKind.NEWSLETTER):
            assert _refusal(rules.check_article_rating, self._publication(kind))

    def test_what_people_talk_about_can_be_marked(self) -> None:
        """Nothing else can be read."""
        for kind in ConversationKind:
            assert rules.marked_kind(MarkRead(what=kind.value, id="1")) is kind
        with pytest.raises(Refused):
            rules.marked_kind(MarkRead(what="person", id="1"))

    @given(st.timedeltas(), st.none() | st.timedeltas())
    def test_marks_neither_run_ahead_nor_go_back(self, looked: timedelta, before: timedelta | None) -> None:
        """A mark is never later than now unless the mark before it was, and never earlier than that one."""
        day = timedelta(days=1)
        marked_at = NOW + max(-day, min(looked, day))
        earlier = None if before is None else NOW - abs(max(-day, min(before, day)))
        at = rules.read_at(marked_at, earlier, NOW)
        assert at <= NOW
        assert at in {marked_at, NOW, earlier}
        assert earlier is None or at >= earlier

    @pytest.mark.parametrize("zone", [timedelta(hours=-14), timedelta(0), timedelta(hours=14)])
    def test_a_clock_that_is_thousands_of_years_late_is_not_believed(self, zone: timedelta) -> None:
        """What is kept can be read again: the year 1 began in the east before UTC had one."""
        at = rules.read_at(datetime.min.replace(tzinfo=timezone(zone)), None, NOW)
        assert at == datetime(2000, 1, 1, tzinfo=UTC)


class TestTheCommandItself:
    def test_ids_are_of_version_seven(self) -> None:
        """A fresh command id is taken, anything else is not."""
        rules.check_command_id(uuid7())
        for wrong in ("", "1", uuid7().upper(), uuid7() + "\n", "00000000-0000-4000-8000-000000000000"):
            assert "UUID of version 7" in _refusal(rules.check_command_id, wrong)

    def test_what_is_not_offered_is_refused(self) -> None:
        """Each intent needs its capability; marks need none."""
        close = CloseTicket(ticket_id="t")
        rules.check_offered(close, {Capability.CLOSE})
        rules.check_offered(MarkRead(what="ticket", id="t"), ())
        assert "does not offer" in _refusal(rules.check_offered, close, {Capability.TICKETS})
        rate = RateArticle(publication_id="p", helpful=True)
        assert _refusal(rules.check_offered, rate, {Capability.RATE})
