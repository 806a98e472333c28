"""How large and how long it is measured."""

import msgspec


class Scale(msgspec.Struct, frozen=True):
    tickets: int
    """In the database before anything is measured, with all that belongs to them."""
    organisations: int
    """With one customer each."""
    customers: int
    """Who ask at the same time."""
    stormers: int
    """Who come back at once when the server was away."""
    processes: tuple[int, ...]
    """So many on PostgreSQL, one after the other."""
    rounds: int
    stretch_s: float
    """Of one measurement in a round."""


FULL = Scale(1_000_000, 5_000, customers=200, stormers=1_000, processes=(1, 2), rounds=3, stretch_s=10.0)
QUICK = Scale(4_000, 400, customers=50, stormers=200, processes=(1,), rounds=1, stretch_s=1.0)
