"""Filling an empty desk with a demo vendor's people, tickets and reading matter."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from supportdesk.clock import HERE
from supportdesk.desk.accounts import access, passwords
from supportdesk.desk.demo import orders, subscriptions, tickets, to_sign
from supportdesk.desk.demo.portrait import portrait
from supportdesk.desk.demo.rows import VENDOR, Rows
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import ORDER, TICKET, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import (
    counters,
    license_keys,
    organisations,
    people,
    publication_marks,
    publications,
)
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import EVERYBODY
from supportdesk.domain.demo import (
    DEMO_PASSWORD,
    DemoArticle,
    DemoContent,
    DemoIssue,
    DemoNotice,
)
from supportdesk.domain.entities import PublicationKind, Role
from supportdesk.domain.profile import Profile

_VOTES = 100

_Matter = DemoNotice | DemoIssue | DemoArticle


def seed(connection: Connection, files: Files, profile: Profile, content: DemoContent, now: datetime) -> None:
    """Fills an empty desk, entirely or not at all.

    Times are counted back from `now`, by the clock of this computer. Ids depend only on the vendor and the
    content, so that the same demo made twice is the same.
    """
    if not is_empty(connection):
        return
    settings.keep(connection, settings.settings_of(profile))
    rows = Rows(profile.id, content, now.astimezone(HERE))
    _organisations(rows, profile)
    _people(rows)
    _publications(rows)
    _keys(rows)
    tickets.add(rows, files, profile)
    orders.add(rows, files)
    subscriptions.add(rows)
    to_sign.add(rows, files, profile)
    with writing(connection):
        _write(connection, rows)


def is_empty(connection: Connection) -> bool:
    """Nobody can sign in here yet."""
    with reading(connection):
        return connection.execute(select(people.c.id).limit(1)).first() is None


def _write(connection: Connection, rows: Rows) -> None:
    for table, values in rows.by_table.items():
        connection.execute(table.insert(), values)
    feed.record(connection, rows.touches)
    for name, numbered in ((TICKET, rows.content.tickets), (ORDER, rows.content.orders)):
        newest = max((int(each.number) for each in numbered if each.number.isdecimal()), default=0)
        connection.execute(
            update(counters).where(counters.c.name == name, counters.c.value < newest).values(value=newest)
        )


def _organisations(rows: Rows, profile: Profile) -> None:
    _organisation(rows, VENDOR, profile.name, None)
    # Those that are looked after refer to those that look after them.
    for organisation in sorted(rows.content.organisations, key=lambda each: bool(each.partner)):
        partner = rows.id("organisation", organisation.partner) if organisation.partner else None
        _organisation(rows, organisation.key, organisation.name, partner)


def _organisation(rows: Rows, key: str, name: str, partner_id: str | None) -> None:
    id = rows.id("organisation", key)
    rows.add(organisations, id=id, name=name, partner_id=partner_id)
    rows.tell("organisation", id, id)


def _people(rows: Rows) -> None:
    password_hash = passwords.hashed(DEMO_PASSWORD)
    for person in rows.content.people:
        id = rows.id("person", person.key)
        organisation_id = rows.organisation_of(person.key)
        rows.add(
            people,
            id=id,
            user_name=access.user_name(person.email),
            name=person.name,
            email="" if person.role is Role.STAFF else person.email,
            organisation_id=organisation_id,
            role=person.role,
            active=person.active,
            job=person.job,
            picture=portrait(person.key, person.hair) if person.hair else None,
            password_hash=password_hash,
        )
        rows.tell("person", id, organisation_id)
        if person.job:
            rows.tell("person", id, EVERYBODY)


def _publications(rows: Rows) -> None:
    content = rows.content
    matter: list[_Matter] = [*content.notices, *content.issues, *content.articles]
    for each in sorted(matter, key=lambda each: rows.at(each.published)):
        match each:
            case DemoNotice():
                _notice(rows, each)
            case DemoIssue():
                _publication(rows, PublicationKind.NEWSLETTER, each, summary=each.summary)
                _mark(rows, each)
            case DemoArticle():
                _article(rows, each)


def _notice(rows: Rows, notice: DemoNotice) -> None:
    until = rows.at(notice.valid_until) if notice.valid_until else None
    _publication(
        rows,
        PublicationKind.NOTICE,
        notice,
        summary=notice.summary,
        valid_until=until,
        must_confirm=notice.must_confirm,
    )
    _mark(rows, notice)


def _article(rows: Rows, article: DemoArticle) -> None:
    up = article.helpful_percent
    _publication(
        rows,
        PublicationKind.ARTICLE,
        article,
        category=article.category,
        labels=article.labels,
        service_id=article.service,
        votes_up=up or 0,
        votes_down=0 if up is None else _VOTES - up,
        video=article.video,
    )


def _publication(rows: Rows, kind: PublicationKind, matter: _Matter, **values: object) -> None:
    id = rows.id(kind.value, matter.key)
    plain: dict[str, object] = {
        "summary": "",
        "category": "",
        "labels": (),
        "service_id": "",
        "valid_until": None,
        "must_confirm": False,
        "votes_up": 0,
        "votes_down": 0,
        "video": "",
    }
    rows.add(
        publications,
        id=id,
        publication=kind,
        title=matter.title,
        body=matter.text,
        published_at=rows.at(matter.published),
        **(plain | values),
    )
    rows.tell("publication", id, EVERYBODY)


def _mark(rows: Rows, matter: DemoNotice | DemoIssue) -> None:
    """`read` is told of the demo customer; who read what must be confirmed has confirmed it."""
    if not matter.read:
        return
    must_confirm = isinstance(matter, DemoNotice) and matter.must_confirm
    kind = PublicationKind.NOTICE if isinstance(matter, DemoNotice) else PublicationKind.NEWSLETTER
    rows.add(
        publication_marks,
        person_id=rows.id("person", rows.content.demo_customer().key),
        publication_id=rows.id(kind.value, matter.key),
        read_at=rows.now,
        confirmed_at=rows.now if must_confirm else None,
        helpful=None,
    )


def _keys(rows: Rows) -> None:
    for index, key in enumerate(rows.content.keys):
        id = rows.id("license_key", f"{index:03}")
        organisation_id = rows.id("organisation", key.organisation)
        rows.add(
            license_keys,
            id=id,
            organisation_id=organisation_id,
            key_kind=key.kind,
            product=key.product,
            key=key.value,
            note=key.note,
            valid_until=rows.at(key.valid_until) if key.valid_until else None,
        )
        rows.tell("license_key", id, organisation_id)
