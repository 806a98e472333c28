"""Repeated measurements of two things in turn, and what they say about each other."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Sample = Callable[[], float]


@dataclass(frozen=True)
class Series:
    """Values of one thing, in the order in which they were measured."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def quantile(self, share: float) -> float:
        """The smallest value that at least `share` of all do not exceed."""
        ordered = sorted(self.values)
        return ordered[max(0, -(-round(share * len(ordered) * 1000) // 1000) - 1)]

    @property
    def spread_percent(self) -> float:
        """Half the distance between the quartiles (of few values: the extremes), of the median: the noise."""
        if not self.median:
            return 0.0
        low, high = min(self.values), max(self.values)
        if len(self.values) > 3:
            low, _middle, high = statistics.quantiles(self.values, n=4)
        return 50 * (high - low) / self.median


@dataclass(frozen=True)
class Line:
    """One row of the table. `quantile` says which of our values count: 0.5 is the median."""

    group: str
    name: str
    unit: str
    ours: Series
    floor: Series | None = None
    quantile: float = 0.5
    most_times: float | None = None
    """The aim against the floor."""
    least_times: float | None = None
    """The same where more is better."""
    most: float | None = None
    """The aim in units."""

    @property
    def value(self) -> float:
        return self.ours.median if self.quantile == 0.5 else self.ours.quantile(self.quantile)

    @property
    def times(self) -> float | None:
        """Our median in medians of the floor."""
        return self.ours.median / self.floor.median if self.floor and self.floor.median else None

    @property
    def aim(self) -> str:
        if self.most_times is not None:
            return f"≤ {self.most_times:g} ×"
        if self.least_times is not None:
            return f"≥ {self.least_times:g} ×"
        return f"≤ {self.most:g} {self.unit}" if self.most is not None else ""

    @property
    def is_reached(self) -> bool | None:
        """None where nothing is aimed at."""
        if self.most_times is not None and self.times is not None:
            return round(self.times, 2) <= self.most_times
        if self.least_times is not None and self.times is not None:
            return round(self.times, 2) >= self.least_times
        return self.value <= self.most if self.most is not None else None


def in_turn(repeats: int, *samples: Sample) -> tuple[Series, ...]:
    """Every sample once unrecorded, then `repeats` rounds, each beginning with another one."""
    for sample in samples:
        sample()
    values: list[list[float]] = [[] for _sample in samples]
    for turn in range(repeats):
        for place in range(len(samples)):
            which = (turn + place) % len(samples)
            values[which].append(samples[which]())
    return tuple(Series(tuple(each)) for each in values)


def timed(work: Callable[[], object]) -> Sample:
    """Milliseconds that `work` takes."""

    def sample() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return sample
