"""For whom something is done."""

from datetime import datetime

import msgspec


class By(msgspec.Struct, frozen=True):
    person_id: str
    """Of the staff; '' for the vendor's own command line, where nobody need have an account yet."""
    now: datetime
