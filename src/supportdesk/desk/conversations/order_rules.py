"""What an order must be like to be taken."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from supportdesk.desk.conversations import rules
from supportdesk.desk.store.schema import orders
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.commands import CreateOrder, files_of
from supportdesk.domain.errors import Refused
from supportdesk.domain.orders import MAX_ARTICLES, Article, order_problems, reference_key
from supportdesk.i18n import _


def check_new_order(intent: CreateOrder, catalogue: Catalogue, limits: Limits) -> None:
    """Raises Refused with the first sentence that the customer has to read."""
    problems = order_problems(
        intent.reference, intent.note, [each.article for each in intent.articles], catalogue
    )
    if problems:
        raise Refused(problems[0].sentence)
    if any(each.article.removed for each in intent.articles):
        raise Refused(_("This cannot be understood by the support portal."))
    _check_kind(intent.order_kind, catalogue.order_kinds)
    rules.check_files(intent.files, limits)
    for each in intent.articles:
        rules.check_files(each.files, limits)
    if len(files_of(intent)) > MAX_ARTICLES:
        raise Refused(_("At most {limit} files can be sent at once.").format(limit=MAX_ARTICLES))


def check_edited(
    reference: str, note: str, order_kind: str, articles: Sequence[Article], catalogue: Catalogue
) -> None:
    """What the vendor's people made of an order. Raises Refused with the first sentence about it."""
    problems = order_problems(reference, note, articles, catalogue)
    if problems:
        raise Refused(problems[0].sentence)
    _check_kind(order_kind, catalogue.order_kinds)


def _check_kind(chosen: str, kinds: Iterable[Choice]) -> None:
    if chosen and chosen not in {kind.id for kind in kinds}:
        raise Refused(_("The support portal no longer offers what was chosen. Choose again."))


def check_reference(connection: Connection, organisation_id: str, reference: str) -> None:
    """Within the writing transaction. Raises Refused for a reference that the organisation used before."""
    same = select(orders.c.number).where(
        orders.c.organisation_id == organisation_id, orders.c.reference_key == reference_key(reference)
    )
    number = connection.execute(same).scalar()
    if number is not None:
        text = _("There is an order with the reference “{reference}” already: number {number}.")
        raise Refused(text.format(reference=reference.strip(), number=number))
