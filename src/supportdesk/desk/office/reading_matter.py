"""Notices, newsletters and articles."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations import rules
from supportdesk.desk.office import publishing
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import publication_marks, publications
from supportdesk.domain import videos
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_publications import (
    ListPublications,
    PublicationRow,
    Publications,
    Publish,
    Withdraw,
)
from supportdesk.i18n import _


def publish(connection: Connection, request: Publish, by: By) -> Outcome:
    begins = request.published_at or by.now
    _check(request, begins)
    with writing(connection):
        desk = settings.load(connection)
        if request.publication not in desk.publications():
            raise Refused(_("The profile of this vendor does not offer this kind of reading matter."))
        if request.service_id and not desk.catalogue.service_path(request.service_id):
            raise InvalidInput(_("The catalogue has no such service."), field="service_id")
        publication = Publication(
            id=request.id or uuid7(),
            publication=request.publication,
            title=accounts.plain(request.title, "title", _("Enter a title.")),
            body=request.body.strip(),
            published_at=begins,
            summary=request.summary.strip(),
            category=accounts.plain(request.category, "category", ""),
            labels=_labels(request.labels),
            service_id=request.service_id,
            valid_until=request.valid_until,
            must_confirm=request.must_confirm,
            video=request.video.strip(),
        )
        _check_new(connection, publication)
        publishing.publish(connection, publication, by.now, by_id=by.person_id)
    return Outcome(publication.id)


def _labels(written: tuple[str, ...]) -> tuple[str, ...]:
    """Each once; customers choose by them."""
    said = (accounts.plain(each, "labels", "") for each in written)
    return tuple(dict.fromkeys(each for each in said if each))


def _check(request: Publish, begins: datetime) -> None:
    """What needs no look at the desk."""
    rules.check_comment(request.summary)
    if not request.body.strip():
        raise InvalidInput(_("Write what is to be read."), field="body")
    if request.must_confirm and request.publication is not PublicationKind.NOTICE:
        raise InvalidInput(_("Only notices can ask to be confirmed."), field="must_confirm")
    if request.valid_until is not None and request.valid_until <= begins:
        raise InvalidInput(_("It would end before it begins."), field="valid_until")
    video = request.video.strip()
    if video and not videos.is_video(video):
        raise InvalidInput(
            _("A video is a web address, or a file below the profile’s folder: {types}.").format(
                types=" ".join(videos.FILE_TYPES)
            ),
            field="video",
        )


def _check_new(connection: Connection, wanted: Publication) -> None:
    this = publications.c
    same = (
        (this.publication == wanted.publication) & (this.title == wanted.title) & (this.body == wanted.body)
    )
    there = connection.execute(select(this.id).where(same, this.id != wanted.id)).scalar()
    if there:
        raise InvalidInput(
            _("This was published already."),
            field="title",
            next_step=_("To replace it, name its id: {id}").format(id=there),
        )


def withdraw(connection: Connection, request: Withdraw, by: By) -> Outcome:
    publishing.withdraw(connection, request.id, by.now, by_id=by.person_id)
    return Outcome(request.id)


def all_of_it(connection: Connection, request: ListPublications, _by: By) -> Publications:
    marks = publication_marks.c
    query = select(
        publications.c.id,
        publications.c.publication,
        publications.c.title,
        publications.c.published_at,
        publications.c.valid_until,
        _marked(marks.read_at),
        _marked(marks.confirmed_at),
        publications.c.votes_up,
        publications.c.votes_down,
    ).order_by(publications.c.published_at.desc(), publications.c.id)
    if request.publication is not None:
        query = query.where(publications.c.publication == request.publication)
    with reading(connection):
        return Publications(tuple(PublicationRow(*row) for row in connection.execute(page(query, request))))


def _marked(moment: ColumnElement[object]) -> ColumnElement[int]:
    """How many people did it."""
    of_this = publication_marks.c.publication_id == publications.c.id
    counted = select(func.count()).where(of_this, moment.is_not(None))
    return counted.correlate(publications).scalar_subquery()
