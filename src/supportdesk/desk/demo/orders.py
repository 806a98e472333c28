"""The orders of a demo desk."""

from supportdesk.desk.demo import talks
from supportdesk.desk.demo.rows import Rows
from supportdesk.desk.demo.talks import Case
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import conversation_marks, conversations, orders
from supportdesk.domain.demo import DemoOrder
from supportdesk.domain.entities import ConversationKind, EventKind
from supportdesk.domain.orders import reference_key


def add(rows: Rows, files: Files) -> None:
    for order in sorted(rows.content.orders, key=lambda each: rows.at(each.log[0].at)):
        case = Case(
            rows=rows,
            files=files,
            kind=ConversationKind.ORDER,
            key=order.number,
            organisation_id=rows.organisation_of(order.requester),
        )
        _order(case, order)
        _files(case, order)
        for index, entry in enumerate(order.log):
            talks.say(case, index, entry)
            if entry.status is not None:
                talks.happen(case, index, entry, EventKind.STATUS, entry.status.value)


def _order(case: Case, order: DemoOrder) -> None:
    rows, last = case.rows, order.log[-1]
    assignee = next((entry.assign for entry in reversed(order.log) if entry.assign), "")
    rows.add(conversations, id=case.id, kind=case.kind, organisation_id=case.organisation_id)
    rows.add(
        orders,
        id=case.id,
        number=order.number,
        reference=order.reference,
        reference_key=reference_key(order.reference),
        status=order.status,
        requester_id=case.person(order.requester),
        organisation_id=case.organisation_id,
        assignee_id=case.person(assignee) if assignee else None,
        last_author_id=case.person(last.by),
        created_at=rows.at(order.log[0].at),
        updated_at=rows.at(last.at),
        articles=tuple(each.article for each in order.articles),
        order_kind=order.kind,
        note=order.note,
    )
    rows.tell("order", case.id, case.organisation_id)
    seen = order.log[:-1] if order.unread else order.log
    if seen:
        customer = case.person(rows.content.demo_customer().key)
        read_at = rows.at(seen[-1].at)
        rows.add(conversation_marks, person_id=customer, conversation_id=case.id, read_at=read_at)


def _files(case: Case, order: DemoOrder) -> None:
    sent = order.log[0]
    for position, file in enumerate(order.files):
        talks.attach(case, case.part_id(0, f"order/{position}"), file, sent)
    for place, each in enumerate(order.articles):
        for position, file in enumerate(each.files):
            id = case.part_id(0, f"article/{place}/{position}")
            talks.attach(case, id, file, sent, article=place)
