"""This computer, moved to another zone of the world."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def zone(name: str) -> Iterator[None]:
    """'Europe/Berlin': for this process, whatever asks for local time."""
    try:
        with patch.dict(os.environ, TZ=name):
            time.tzset()
            yield
    finally:
        time.tzset()
