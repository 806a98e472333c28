"""Subscriptions as the screen gets them: as a tree, found by words, answered in plain ones."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk import clock, i18n
from supportdesk.app.prefill import Prefill
from supportdesk.app.settings import SUBSCRIPTIONS_CLOSED
from supportdesk.app.subscription_tree import Node, days_to_end, find, state_at, tree, walk
from supportdesk.app.subscriptions import SubscriptionsPresenter
from supportdesk.bootstrap import Running
from supportdesk.domain.entities import Subscription, SubscriptionState
from supportdesk.domain.projections import Account, ItemRow
from tests.support.workspace import Loop, demo_account, running

NOW = clock.now().astimezone(clock.HERE)


def row(id: str, name: str, parent: str = "", **more: object) -> ItemRow:
    values: dict[str, object] = {
        "number": f"N-{id}",
        "state": SubscriptionState.ACTIVE,
        "organisation_id": "petri",
        "organisation_name": "Petri",
        "created_at": NOW,
        "updated_at": NOW,
        "parent_id": parent or None,
    }
    fact = Subscription(id=id, name=name, **(values | more))  # type: ignore[arg-type]
    return ItemRow(
        account_id="a",
        id=id,
        kind="subscription",
        number=fact.number,
        title=name,
        state=fact.state.value,
        open=True,
        unread=False,
        created_at=NOW,
        updated_at=NOW,
        due_at=None,
        fact=fact,
    )


ROWS = (
    row("stock", "Stock control", starts_at=NOW - timedelta(days=90)),
    row("desk", "Cash desk", quantity=3, starts_at=NOW - timedelta(days=700)),
    row("scale", "Scale and scanner", "desk"),
    row("label", "Label scale", "scale", state=SubscriptionState.ORDERED),
    row("cards", "Gift cards", "desk", state=SubscriptionState.ENDED, description="Sold at the cash desk"),
    row("close", "Daily closing", "desk", state=SubscriptionState.ENDING, ends_at=NOW + timedelta(days=20)),
)
ROOTS = tree(ROWS, "petri", NOW)


def outline(nodes: tuple[Node, ...]) -> list[tuple[int, str]]:
    return [(node.level, node.title) for node in walk(nodes)]


class TestTree:
    def test_parts_stand_below_their_whole(self) -> None:
        """By name, and what has ended at the end."""
        assert outline(ROOTS) == [
            (0, "Cash desk"),
            (1, "Daily closing"),
            (1, "Scale and scanner"),
            (2, "Label scale"),
            (1, "Gift cards"),
            (0, "Stock control"),
        ]

    def test_several_organisations_are_heads_the_own_one_first(self) -> None:
        """As a partner sees them."""
        theirs = row("x", "Cash desk", organisation_id="behnke", organisation_name="Behnke")
        made = tree((*ROWS, theirs), "petri", NOW)
        assert [(node.title, node.level, node.row) for node in made] == [
            ("Petri", -1, None),
            ("Behnke", -1, None),
        ]
        assert made[0].children == ROOTS

    def test_nothing_is_lost_that_hangs_on_nothing(self) -> None:
        """A part whose whole is not there, and things that are parts of each other."""
        odd = (row("a", "A", "gone"), row("b", "B", "c"), row("c", "C", "b"))
        assert sorted(node.title for node in walk(tree(odd, "petri", NOW))) == ["A", "B", "C"]

    def test_what_was_ending_has_ended_when_its_day_is_over(self) -> None:
        """Also where the vendor has not said so by then."""
        ending = ROWS[5].fact
        assert isinstance(ending, Subscription)
        assert state_at(ending, NOW) is SubscriptionState.ENDING
        assert state_at(ending, NOW + timedelta(days=21)) is SubscriptionState.ENDED
        assert days_to_end(ending, 30) == 20
        assert days_to_end(ending, 19) is None
        assert days_to_end(ending, 0) is None


class TestSearch:
    @pytest.mark.parametrize(
        ("asked", "best", "more"),
        [
            ("cash desk", "desk", 0),
            ("Is the cash desk module installed?", "desk", 0),
            ("Do we have a SCALE", "scale", 1),
            ("label", "label", 0),
            ("n-close", "close", 0),
            ("gift", "cards", 0),
        ],
    )
    def test_what_is_called_so_is_the_answer(self, asked: str, best: str, more: int) -> None:
        """Whether asked by a word or by a sentence, and how many others are called so."""
        answer = find(ROOTS, asked, NOW).answer
        assert answer.best is not None
        assert (answer.best.id, answer.more) == (best, more)

    def test_what_fits_is_shown_with_its_whole_and_its_parts(self) -> None:
        """And nothing else."""
        found = find(ROOTS, "scanner", NOW)
        assert [title for _level, title in outline(found.roots)] == [
            "Cash desk",
            "Scale and scanner",
            "Label scale",
        ]
        assert (found.matched, found.marked) == (frozenset({"scale"}), "scanner")

    @pytest.mark.parametrize("asked", ["stok controll", "stock taking", "Stokc"])
    def test_something_similar_is_named(self, asked: str) -> None:
        """Where nothing is called so: by its sound, or by one of the words."""
        found = find(ROOTS, asked, NOW)
        assert (found.answer.best, found.answer.similar) == (None, ("Stock control",))
        assert outline(found.roots) == [(0, "Stock control")]

    def test_what_stands_in_a_description_is_similar(self) -> None:
        """It does not say that there is something of this name."""
        answer = find(ROOTS, "sold", NOW).answer
        assert (answer.best, answer.similar) == (None, ("Gift cards",))

    def test_what_is_not_there_is_not_there(self) -> None:
        """Nothing is shown, nothing is guessed."""
        found = find(ROOTS, "time recording", NOW)
        assert (found.roots, found.answer.best, found.answer.similar) == ((), None, ())

    def test_a_question_of_little_words_alone_is_taken_literally(self) -> None:
        """Who types "is the" has not asked yet, and finds nothing wrong."""
        assert find(ROOTS, "is the", NOW).answer.best is None

    def test_questions_are_understood_in_other_languages(self) -> None:
        """As a German would type them."""
        with i18n.speaking("de"):
            answer = find(ROOTS, "Ist Cash Desk bei uns installiert?", NOW).answer
        assert answer.best is not None
        assert answer.best.id == "desk"

    def test_ten_thousand_are_searched_while_one_types(self) -> None:
        """Well within the time between two letters."""
        many = tree(
            [
                row(str(n), f"Module {n % 97} of shop {n}", str(n - n % 50) if n % 50 else "")
                for n in range(10_000)
            ],
            "petri",
            NOW,
        )
        begun = clock.now()
        found = find(many, "shop 4711", NOW)
        assert found.matched == {"4711"}
        assert clock.now() - begun < timedelta(seconds=1)


class Scene:
    def __init__(self, opened: Running, account: Account, loop: Loop) -> None:
        self.opened, self.account, self.loop = opened, account, loop
        self.presenter = self.again()

    def again(self) -> SubscriptionsPresenter:
        presenter = SubscriptionsPresenter(self.opened.workspace, self.account.id)
        self.loop.drain(lambda: presenter.state.loaded)
        return presenter


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        made = Scene(opened, demo_account(opened, "retail"), loop)
        yield made
        made.presenter.close()


def test_the_shop_sees_its_own_and_those_of_its_customers(scene: Scene) -> None:
    """From this computer, with the prices that this vendor shows, and nothing of other shops."""
    state = scene.presenter.state
    assert [head.title for head in state.roots] == [
        "Haushaltswaren Petri",
        "Eisenwaren Holt",
        "Stoffe und Garne Behnke",
    ]
    assert state.total > 35
    assert any(node.subscription and node.subscription.price for node in walk(state.roots))
    scene.presenter.search("inventur")
    answer = scene.presenter.state.answer
    assert answer is not None
    assert answer.best is not None
    assert (answer.best.name, answer.best.quantity) == ("Inventur", 3)
    scene.presenter.search("")
    assert (scene.presenter.state.answer, scene.presenter.state.shown) == (None, state.roots)


def test_what_was_closed_is_closed_the_next_time(scene: Scene) -> None:
    """And a damaged memory closes nothing."""
    id = scene.presenter.state.roots[0].children[0].id
    scene.presenter.set_closed([id], closed=True)
    again = scene.again()
    assert again.state.closed == {id}
    again.set_closed([id], closed=False)
    assert again.state.closed == frozenset()
    again.close()
    scene.opened.workspace.settings.set(SUBSCRIPTIONS_CLOSED, "{")
    damaged = scene.again()
    assert damaged.state.closed == frozenset()
    damaged.close()


def test_a_question_about_what_is_not_there_begins_a_report(scene: Scene) -> None:
    """With what was searched in its subject, and of the vendor's type for questions."""
    scene.presenter.search("Zeiterfassung")
    route = scene.presenter.question()
    assert route.screen == "report"
    begun = msgspec.json.decode(route.args["prefill"], type=Prefill)
    assert "Zeiterfassung" in begun.subject
    assert begun.type == "question"
