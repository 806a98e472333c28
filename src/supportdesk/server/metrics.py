"""Numbers about this process in the text format of Prometheus. Belongs to one event loop."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_Labels = tuple[tuple[str, str], ...]


class OfVendor(msgspec.Struct, frozen=True):
    """What is so at this moment."""

    vendor: str
    listeners: int
    """Open event streams."""
    given_up_mails: int
    """Since this process began."""
    waiting_mails: int | None
    """None where the database did not say."""
    oldest_mail_s: int
    """How long the oldest of them has waited."""


class Metrics:
    def __init__(self) -> None:
        self._in_flight = 0
        self._requests: Counter[_Labels] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._count: Counter[str] = Counter()

    def begin(self) -> None:
        self._in_flight += 1

    def end(self, method: str, route: str, status: int, took_s: float) -> None:
        self._in_flight -= 1
        known = (
            method if method in _METHODS else "other"
        )  # else whoever asks decides how many lines there are
        self._requests[("method", known), ("route", route), ("status", str(status))] += 1
        self._count[route] += 1
        self._seconds[route] += took_s
        for bound_s in _BOUNDS_S:
            self._within[route, bound_s] += took_s <= bound_s

    def text(self, vendors: Sequence[OfVendor]) -> str:
        asked = [each for each in vendors if each.waiting_mails is not None]
        lines = [
            *_family("supportdesk_requests_total", "counter", self._requests.items()),
            *_family("supportdesk_requests_in_flight", "gauge", [((), self._in_flight)]),
            *_by_vendor("supportdesk_event_streams", "gauge", vendors, "listeners"),
            *_by_vendor("supportdesk_mails_given_up_total", "counter", vendors, "given_up_mails"),
            *_by_vendor("supportdesk_mails_waiting", "gauge", asked, "waiting_mails"),
            *_by_vendor("supportdesk_mail_oldest_waiting_seconds", "gauge", asked, "oldest_mail_s"),
            "# TYPE supportdesk_request_seconds histogram",
            *self._histogram("supportdesk_request_seconds"),
        ]
        return "\n".join(lines) + "\n"

    def _histogram(self, name: str) -> Iterator[str]:
        for route, count in self._count.items():
            for bound_s in _BOUNDS_S:
                labels = (("route", route), ("le", str(bound_s)))
                yield f"{name}_bucket{_written(labels)} {self._within[route, bound_s]}"
            yield f"{name}_bucket{_written((('route', route), ('le', '+Inf')))} {count}"
            yield f"{name}_sum{_written((('route', route),))} {self._seconds[route]:.6f}"
            yield f"{name}_count{_written((('route', route),))} {count}"


def _by_vendor(name: str, kind: str, vendors: Sequence[OfVendor], field: str) -> Iterator[str]:
    return _family(name, kind, [((("vendor", each.vendor),), getattr(each, field)) for each in vendors])


def _family(name: str, kind: str, values: Iterable[tuple[_Labels, int]]) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    for labels, value in values:
        yield f"{name}{_written(labels)} {value}"


def _written(labels: _Labels) -> str:
    """Values are methods, templates and ids of vendors: nothing in them needs escaping."""
    inner = ",".join(f'{name}="{value}"' for name, value in labels)
    return f"{{{inner}}}" if inner else ""
