"""Running a job with a connection, and again where that is harmless and may help."""

import random
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from supportdesk.desk.store.database import as_backend_errors
from supportdesk.domain.errors import BackendError

T = TypeVar("T")

_PAUSES_S = (0.05, 0.2, 0.8)
_PASSES = {"40001", "40P01", "57P01", "57P02", "57P03"}
"""SQLSTATEs: two in each other's way, a server that is being restarted."""


def attempt(engine: Engine, job: Callable[[Connection], T], pause: Callable[[float], object]) -> T:
    """As long as none of its transactions was committed, a job that lost its connection is begun anew.

    Raises BackendError where that does not help, and for a commit whose outcome nobody knows.
    """
    for pause_s in (*_PAUSES_S, None):
        commits: list[Connection] = []
        try:
            with as_backend_errors(), engine.connect() as connection:
                event.listen(connection, "commit", commits.append)  # heard before it is tried
                return job(connection)
        except BackendError as error:
            if pause_s is None or commits or not _may_pass(error):
                raise
        pause(pause_s * random.uniform(0.5, 1.5))  # noqa: S311 - so that those in each other's way part
    raise AssertionError("the last attempt returns or raises")


def _may_pass(error: BackendError) -> bool:
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    state = getattr(cause.orig, "sqlstate", "")
    out_of_reach = state is None and isinstance(cause, OperationalError)
    return out_of_reach or cause.connection_invalidated or state in _PASSES
