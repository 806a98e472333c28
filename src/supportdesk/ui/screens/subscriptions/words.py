"""Subscriptions in words: their periods, what is left of them, and whether something is there."""

from supportdesk import clock
from supportdesk.app.item_words import state_name
from supportdesk.app.subscription_tree import Answer, Node, days_to_end, state_at
from supportdesk.domain.entities import Subscription, SubscriptionState
from supportdesk.i18n import _, ngettext, pgettext
from supportdesk.ui import formats
from supportdesk.ui.widgets.chip import ChipStyle, chip_style


def level_name(level: int) -> str:
    if level <= 0:
        return pgettext("subscription", "Product")
    return pgettext("subscription", "Module") if level == 1 else pgettext("subscription", "Component")


def chip_of(subscription: Subscription, warn_days: int) -> tuple[str, ChipStyle]:
    """How long it still is there where that is near, else its state."""
    days = days_to_end(subscription, warn_days)
    if days is not None:
        return ends_in(days), ChipStyle("warning", "clock")
    state = state_at(subscription, clock.now())
    return state_name("subscription", state), chip_style(state)


def ends_in(days: int) -> str:
    text = ngettext("{n} day left", "{n} days left", days).format(n=formats.number(days))
    return text if days else _("Last day")


def quantity(subscription: Subscription) -> str:
    return _("{n} ×").format(n=formats.number(subscription.quantity))


def period(subscription: Subscription) -> str:
    """From when to when; '' where the vendor tells neither."""
    starts, ends = subscription.starts_at, subscription.ends_at
    if starts is None and ends is None:
        return ""
    if starts is None:
        return _("until {day}").format(day=formats.full_day(ends)) if ends is not None else ""
    if ends is not None:
        return _("{day} to {last_day}").format(day=formats.full_day(starts), last_day=formats.full_day(ends))
    since = _("from {day}") if starts > clock.now() else _("since {day}")
    return since.format(day=formats.full_day(starts))


def detail(node: Node) -> str:
    """How many, and until when; '' where there is neither to say."""
    found = node.subscription
    if found is None:
        return ""
    parts = []
    if found.quantity > 1:
        parts.append(quantity(found))
    if found.ends_at is not None:
        over = state_at(found, clock.now()) is SubscriptionState.ENDED
        parts.append(
            (_("ended on {day}") if over else _("until {day}")).format(day=formats.day(found.ends_at))
        )
    elif found.renews_at is not None:
        parts.append(_("renews {day}").format(day=formats.day(found.renews_at)))
    elif found.starts_at is not None and found.starts_at > clock.now():
        parts.append(_("from {day}").format(day=formats.day(found.starts_at)))
    return " · ".join(parts)


def spoken(node: Node, warn_days: int) -> str:
    """A row as a screen reader says it."""
    found = node.subscription
    if found is None:
        return node.title
    words = (node.title, chip_of(found, warn_days)[0], level_name(node.level), detail(node), found.price)
    return ", ".join(part for part in words if part)


def answer_text(answer: Answer) -> str:
    if answer.best is None:
        if answer.similar:
            return _("Not ordered; similar: {names}").format(names=", ".join(answer.similar))
        return _("Not ordered: nothing of yours is called “{text}”.").format(text=answer.asked)
    best = answer.best
    state = state_at(best, clock.now())
    text = {
        SubscriptionState.ACTIVE: _("Yes: {what}"),
        SubscriptionState.ENDING: _("Yes, but not for long: {what}"),
        SubscriptionState.ORDERED: _("Ordered, not active yet: {what}"),
        SubscriptionState.ENDED: _("No longer: {what}"),
    }[state].format(what=_what(best, state))
    if not answer.more:
        return text
    others = ngettext("{n} more below.", "{n} more below.", answer.more).format(n=formats.number(answer.more))
    return f"{text}. {others}"


def _what(subscription: Subscription, state: SubscriptionState) -> str:
    called = subscription.name
    if subscription.quantity > 1:
        called = _("{n} × {name}").format(n=formats.number(subscription.quantity), name=called)
    since = _since(subscription, state)
    return f"{called}, {since}" if since else called


def _since(subscription: Subscription, state: SubscriptionState) -> str:
    starts, ends = subscription.starts_at, subscription.ends_at
    if state is SubscriptionState.ENDED:
        return _("ended on {day}").format(day=formats.full_day(ends)) if ends else ""
    if ends is not None:
        return _("active until {day}").format(day=formats.full_day(ends))
    if starts is None:
        return ""
    if state is SubscriptionState.ORDERED:
        return _("from {day}").format(day=formats.full_day(starts))
    return _("active since {day}").format(day=formats.full_day(starts))
