"""What an account subscribed to as a tree: the whole, its parts, their parts; found by words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from supportdesk import clock
from supportdesk.app.expiry import days_left
from supportdesk.domain.entities import Subscription, SubscriptionState
from supportdesk.domain.projections import ItemRow
from supportdesk.domain.spelling import distance, tolerance
from supportdesk.domain.text import fold, sort_key, words
from supportdesk.i18n import _

_STATES = (
    SubscriptionState.ACTIVE,
    SubscriptionState.ENDING,
    SubscriptionState.ORDERED,
    SubscriptionState.ENDED,
)
_MOST_SIMILAR = 3


class Node(msgspec.Struct, frozen=True):
    """A subscription, or an organisation as the head of what it has (`row` is None)."""

    id: str
    title: str
    level: int
    """0 for a product, 1 for a module, from 2 on for components; -1 for an organisation."""
    row: ItemRow | None
    children: tuple["Node", ...]
    called: str = ""
    """Name and number, folded, each word after a blank."""
    said: str = ""
    """The same with the description."""

    @property
    def subscription(self) -> Subscription | None:
        fact = self.row.fact if self.row is not None else None
        return fact if isinstance(fact, Subscription) else None


class Answer(msgspec.Struct, frozen=True):
    """To the question whether something is there. `best` is what was asked for, as it is."""

    asked: str
    best: Subscription | None = None
    more: int = 0
    """How many others have these words in their names."""
    similar: tuple[str, ...] = ()
    """Names of what is near, where nothing is called so."""


class Found(msgspec.Struct, frozen=True):
    roots: tuple[Node, ...]
    """What fits, with what it is a part of and what is a part of it."""
    matched: frozenset[str]
    marked: str
    """The words that are marked."""
    answer: Answer


def tree(rows: Sequence[ItemRow], own: str, now: datetime) -> tuple[Node, ...]:
    """Below their organisations where there are several, `own` first. Of a ring all is there."""
    parts: dict[str, list[ItemRow]] = defaultdict(list)
    ids = {row.id for row in rows}
    tops: list[ItemRow] = []
    for row in rows:
        parent = _parent(row)
        if parent in ids:
            parts[parent].append(row)
        else:
            tops.append(row)
    seen: set[str] = set()
    made = [(row, _node(row, 0, parts, seen, now)) for row in tops]
    made += [(row, _node(row, 0, parts, seen, now)) for row in rows if row.id not in seen]
    return _below_organisations(made, own, now)


def _below_organisations(made: list[tuple[ItemRow, Node]], own: str, now: datetime) -> tuple[Node, ...]:
    by_organisation: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for row, node in made:
        if isinstance(row.fact, Subscription):
            by_organisation[row.fact.organisation_name, row.fact.organisation_id].append(node)
    if len(by_organisation) < 2:
        return _ordered([node for _row, node in made], now)
    heads = sorted(
        by_organisation.items(), key=lambda each: (each[0][1] != own, sort_key(each[0][0]), each[0][1])
    )
    return tuple(Node(id, name, -1, None, _ordered(nodes, now)) for (name, id), nodes in heads)


def _node(row: ItemRow, level: int, parts: dict[str, list[ItemRow]], seen: set[str], now: datetime) -> Node:
    seen.add(row.id)
    below = [
        _node(each, level + 1, parts, seen, now) for each in parts.get(row.id, ()) if each.id not in seen
    ]
    called = f" {' '.join(words(f'{row.title} {row.number}'))}"
    description = row.fact.description if isinstance(row.fact, Subscription) else ""
    said = f"{called} {' '.join(fold(description).split())}"
    return Node(row.id, row.title, level, row, _ordered(below, now), called, said)


def _parent(row: ItemRow) -> str:
    return (row.fact.parent_id or "") if isinstance(row.fact, Subscription) else ""


def _ordered(nodes: list[Node], now: datetime) -> tuple[Node, ...]:
    """By name; what has ended comes last."""
    return tuple(sorted(nodes, key=lambda node: (_has_ended(node, now), sort_key(node.title), node.id)))


def _has_ended(node: Node, now: datetime) -> bool:
    found = node.subscription
    return found is not None and state_at(found, now) is SubscriptionState.ENDED


def state_at(subscription: Subscription, now: datetime) -> SubscriptionState:
    """What is ending has ended when its day is over, whether the vendor said so by then or not."""
    ending, ends = subscription.state is SubscriptionState.ENDING, subscription.ends_at
    return SubscriptionState.ENDED if ending and ends is not None and ends < now else subscription.state


def days_to_end(subscription: Subscription, warn_days: int) -> int | None:
    """None while that is far off, and when it is over: then its state says so."""
    days = days_left(subscription.ends_at, warn_days)
    over = state_at(subscription, clock.now()) is SubscriptionState.ENDED
    return None if days is None or over or days < 0 else days


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """From top to bottom."""
    for node in nodes:
        yield node
        yield from walk(node.children)


# searching


def find(roots: tuple[Node, ...], asked: str, now: datetime) -> Found:
    wanted = _wanted(asked)
    everything = [node for node in walk(roots) if node.row is not None]
    named = [node for node in everything if _fits(node.called, wanted)]
    matched = {node.id for node in (named or [each for each in everything if _fits(each.said, wanted)])}
    marked = wanted
    if not matched:
        near = _near(everything, wanted)
        matched, marked = {node.id for node in near}, ()
    answer = _answer(everything, named, matched, asked, wanted, now)
    return Found(_kept(roots, frozenset(matched)), frozenset(matched), " ".join(marked), answer)


def _wanted(asked: str) -> tuple[str, ...]:
    """Without what only makes a question of it: "Is the cash desk installed?" asks for cash and desk."""
    all_words = words(asked)
    left_out = set(
        words(
            _(
                "is are do does have has got we i our my the a an any already active installed ordered booked"
                " included available module component product there"
            )
        )
    )
    return tuple(word for word in all_words if word not in left_out) or all_words


def _fits(text: str, wanted: tuple[str, ...]) -> bool:
    return all(f" {word}" in text for word in wanted)


def _near(everything: list[Node], wanted: tuple[str, ...]) -> list[Node]:
    """Those with a word that sounds like one of those that were asked for, or that has one of them."""
    some = [
        node for node in everything if any(len(word) > 2 and f" {word}" in node.called for word in wanted)
    ]
    if some:
        return some
    near = {
        other
        for other in {each for node in everything for each in node.called.split()}
        if _sounds(other, wanted)
    }
    return [node for node in everything if not near.isdisjoint(node.called.split())]


def _sounds(other: str, wanted: tuple[str, ...]) -> bool:
    """Numbers sound like nothing else."""
    return not other.isdigit() and any(
        distance(word, other[: len(word) + 1], limit) <= limit
        for word in wanted
        if (limit := tolerance(word))
    )


def _answer(
    everything: list[Node],
    named: list[Node],
    matched: set[str],
    asked: str,
    wanted: tuple[str, ...],
    now: datetime,
) -> Answer:
    ranked = sorted(named, key=lambda node: _rank(node, wanted, now))
    if ranked:
        return Answer(asked, ranked[0].subscription, len(ranked) - 1)
    names = dict.fromkeys(node.title for node in everything if node.id in matched)
    return Answer(asked, similar=tuple(names)[:_MOST_SIMILAR])


def _rank(node: Node, wanted: tuple[str, ...], now: datetime) -> tuple[int, int, int, int]:
    """Whole words first, then what is there, then the shorter name, then the whole before its part."""
    has = node.called.split()
    found = node.subscription
    state = _STATES.index(state_at(found, now)) if found is not None else len(_STATES)
    return -sum(word in has for word in wanted), state, len(has), node.level


def _kept(nodes: tuple[Node, ...], matched: frozenset[str]) -> tuple[Node, ...]:
    kept = []
    for node in nodes:
        if node.id in matched:
            kept.append(node)
        elif below := _kept(node.children, matched):
            kept.append(msgspec.structs.replace(node, children=below))
    return tuple(kept)
