"""What customers add to a conversation, and what of it they have read."""

from supportdesk.desk.conversations import marks, own_tickets, rules
from supportdesk.desk.conversations.applying import CONVERSATIONS, Outcome, Work, applied
from supportdesk.desk.conversations.changing import Change, head
from supportdesk.desk.mail.mail_texts import News
from supportdesk.domain import orders
from supportdesk.domain.commands import AddFiles, ConfirmNotice, MarkRead, RateArticle, Reply
from supportdesk.domain.entities import EventKind, Order, Publication, Role, Ticket
from supportdesk.domain.status import after_customer_reply


@applied.register
def _reply(intent: Reply, work: Work) -> Outcome:
    about = work.talk(intent.conversation_id)
    rules.check_reply(intent, about, work.view.settings.limits, work.now)
    by_customer = work.view.actor.role is not Role.STAFF
    if isinstance(about, Ticket):
        after = after_customer_reply(about.status) if by_customer else about.status
        return own_tickets.say(work, about, intent.body, intent.files, after)
    change = work.change(head(work.connection, about.id))
    change.say(work.asked.id, intent.body)
    change.attach(work.asked.id, intent.files, to_message=True)
    if isinstance(about, Order) and by_customer:
        _hand_back(about, change)
    change.done()
    work.tell(about.id, News.ANSWERED, body=intent.body, files=intent.files)
    return Outcome(work.asked.id, about.number)


def _hand_back(order: Order, change: Change) -> None:
    status = orders.after_customer_reply(order.status)
    if status is not order.status:
        change.set(status=status)
        change.happen(EventKind.STATUS, status.value)


@applied.register
def _add_files(intent: AddFiles, work: Work) -> Outcome:
    about = work.talk(intent.conversation_id)
    rules.check_added_files(intent, about, work.view.settings.limits, work.now)
    change = work.change(head(work.connection, about.id))
    change.attach(work.asked.id, intent.files, to_message=False, article=intent.article)
    change.done()
    work.tell(about.id, News.ADDED_FILES, files=intent.files)
    return Outcome(about.id, about.number)


@applied.register
def _mark_read(intent: MarkRead, work: Work) -> Outcome:
    actor, asked = work.view.actor, work.asked
    if intent.what == "publication":
        publication = work.see(Publication, intent.id)
        at = rules.read_at(asked.created_at, publication.read_at, work.now)
        marks.publication_read(work.connection, actor, publication.id, at)
    else:
        about = work.see(CONVERSATIONS[rules.marked_kind(intent)], intent.id)
        at = rules.read_at(asked.created_at, about.read_at, work.now)
        marks.conversation_read(work.connection, actor, head(work.connection, about.id), at)
    return Outcome(intent.id)


@applied.register
def _confirm(intent: ConfirmNotice, work: Work) -> Outcome:
    publication = work.see(Publication, intent.publication_id)
    rules.check_confirmation(publication)
    if publication.confirmed_at is None:
        marks.confirmed(work.connection, work.view.actor, publication.id, work.now)
    return Outcome(publication.id)


@applied.register
def _rate_article(intent: RateArticle, work: Work) -> Outcome:
    publication = work.see(Publication, intent.publication_id)
    rules.check_article_rating(publication)
    marks.article_rated(work.connection, work.view.actor, publication.id, helpful=intent.helpful)
    return Outcome(publication.id)
