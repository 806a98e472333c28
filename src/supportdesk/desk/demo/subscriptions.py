"""What the organisations of a demo desk subscribed to."""

from supportdesk.desk.demo.rows import Rows
from supportdesk.desk.store.schema import conversation_marks, conversations, messages, subscriptions
from supportdesk.domain.demo import DemoSubscription
from supportdesk.domain.entities import ConversationKind


def add(rows: Rows) -> None:
    keys = {key.value: rows.id("license_key", f"{index:03}") for index, key in enumerate(rows.content.keys)}
    sellers = [person.key for person in rows.content.people if person.key in rows.content.staff()]
    for each in rows.content.subscriptions:
        _subscription(rows, each, keys, rows.id("person", sellers[0]))
        _talk(rows, each)


def _subscription(rows: Rows, each: DemoSubscription, keys: dict[str, str], seller_id: str) -> None:
    id, organisation_id = _id(rows, each, each.number), rows.id("organisation", each.organisation)
    begun = rows.at(each.starts) if each.starts else rows.now
    created = min(begun, rows.now)
    last = each.talk[-1] if each.talk else None
    rows.add(conversations, id=id, kind=ConversationKind.SUBSCRIPTION, organisation_id=organisation_id)
    rows.add(
        subscriptions,
        id=id,
        number=each.number,
        name=each.name,
        state=each.state,
        organisation_id=organisation_id,
        parent_id=_id(rows, each, each.parent) if each.parent else None,
        assignee_id=rows.id("person", each.assignee) if each.assignee else None,
        last_author_id=rows.id("person", last.by) if last else seller_id,
        created_at=created,
        updated_at=rows.at(last.at) if last else created,
        description=each.description,
        quantity=each.quantity,
        starts_at=rows.at(each.starts) if each.starts else None,
        ends_at=rows.at(each.ends) if each.ends else None,
        renews_at=rows.at(each.renews) if each.renews else None,
        price=each.price,
        key_ids=tuple(keys[value] for value in each.keys),
    )
    rows.tell("subscription", id, organisation_id)
    customer = rows.id("person", rows.content.demo_customer().key)
    rows.add(conversation_marks, person_id=customer, conversation_id=id, read_at=rows.now)


def _talk(rows: Rows, each: DemoSubscription) -> None:
    organisation_id = rows.id("organisation", each.organisation)
    for index, said in enumerate(each.talk):
        id = rows.id("subscription", f"{each.organisation}/{each.number}/{index}")
        rows.add(
            messages,
            id=id,
            conversation_id=_id(rows, each, each.number),
            author_id=rows.id("person", said.by),
            body=said.text,
            created_at=rows.at(said.at),
            internal=False,
        )
        rows.tell("message", id, organisation_id)


def _id(rows: Rows, each: DemoSubscription, number: str) -> str:
    return rows.id("subscription", f"{each.organisation}/{number}")
