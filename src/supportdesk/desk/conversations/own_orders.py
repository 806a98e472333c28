"""What customers order."""

from supportdesk.desk.conversations import marks, order_rules
from supportdesk.desk.conversations.applying import Outcome, Work, applied
from supportdesk.desk.conversations.changing import Head, begin
from supportdesk.desk.mail.mail_texts import News
from supportdesk.desk.store.database import ORDER, draw
from supportdesk.desk.store.schema import orders
from supportdesk.domain.commands import CreateOrder
from supportdesk.domain.entities import ConversationKind, Person
from supportdesk.domain.orders import OrderStatus, reference_key


@applied.register
def _create(intent: CreateOrder, work: Work) -> Outcome:
    settings = work.view.settings
    order_rules.check_new_order(intent, settings.catalogue, settings.limits)
    requester = work.see(Person, work.view.actor.person_id)
    order_rules.check_reference(work.connection, requester.organisation_id, intent.reference)
    order = Head(
        id=work.asked.id,
        kind=ConversationKind.ORDER,
        number=str(draw(work.connection, ORDER)),
        subject=intent.reference.strip(),
        organisation_id=requester.organisation_id,
        assignee_id=None,
    )
    _insert(intent, work, order, requester)
    change = work.change(order)
    change.attach(order.id, intent.files, to_message=False)
    first = len(intent.files)
    for place, each in enumerate(intent.articles):
        change.attach(order.id, each.files, to_message=False, article=place, first=first)
        first += len(each.files)
    change.done(born=True)
    work.tell(order.id, News.ORDERED)
    marks.conversation_read(work.connection, work.view.actor, order, work.now, told=True)
    return Outcome(order.id, order.number)


def _insert(intent: CreateOrder, work: Work, order: Head, requester: Person) -> None:
    begin(work.connection, order)
    work.connection.execute(
        orders.insert().values(
            id=order.id,
            number=order.number,
            reference=order.subject,
            reference_key=reference_key(intent.reference),
            status=OrderStatus.RECEIVED,
            requester_id=requester.id,
            organisation_id=order.organisation_id,
            last_author_id=work.view.actor.person_id,
            created_at=work.now,
            updated_at=work.now,
            articles=tuple(each.article for each in intent.articles),
            order_kind=intent.order_kind,
            note=intent.note,
        )
    )
