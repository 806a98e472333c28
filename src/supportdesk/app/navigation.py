"""Where the customer is in the app, how they came there, and what the breadcrumb says."""

from dataclasses import dataclass

from supportdesk.app.screens import BY_ID, Route, name_of
from supportdesk.domain.profile import Profile

HOME = Route("home")
_PARENT = {
    "ticket": "tickets",
    "document": "documents",
    "order": "orders",
    "new_order": "orders",
    "subscription": "subscriptions",
}
_LENGTH = 100


@dataclass(frozen=True)
class Crumb:
    """One part of the breadcrumb; `route` is None for the last one, which is where the customer is."""

    text: str
    route: Route | None = None


def crumbs(route: Route, last: str = "", profile: Profile | None = None) -> tuple[Crumb, ...]:
    """From Home to `route`. `last` is what the screen says it shows ('#1042'): it takes the place of the
    title of a page that shows one thing, and stands behind the title of any other. Titles are `name_of`."""
    if route == HOME or route.screen == "home":
        return ()
    path = [Crumb(name_of(HOME.screen, profile), HOME)]
    if parent := _PARENT.get(route.screen):
        path.append(Crumb(name_of(parent, profile), Route(parent)))
    title = name_of(route.screen, profile)
    if not last:
        return (*path, Crumb(title))
    if BY_ID[route.screen].order is not None:
        path.append(Crumb(title, Route(route.screen)))
    return (*path, Crumb(last))


class History:
    """Places visited, as in a browser: going somewhere forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Route] = [HOME]
        self._at = 0

    @property
    def current(self) -> Route:
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def visit(self, route: Route) -> None:
        """Visiting the current place again changes nothing."""
        if route == self.current:
            return
        self._places = [*self._places[: self._at + 1], route][-_LENGTH:]
        self._at = len(self._places) - 1

    def back(self) -> Route:
        """One place back; from the first one to Home, where a link that opened the app leads back."""
        if self.can_go_back:
            self._at -= 1
        elif self.current != HOME:
            self._places.insert(0, HOME)
        return self.current

    def forward(self) -> Route:
        if self.can_go_forward:
            self._at += 1
        return self.current

    def reset(self) -> None:
        """Another account: nothing of the former one's places is left."""
        self._places, self._at = [HOME], 0
