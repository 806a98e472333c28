"""How long something is still valid, as far as the vendor wants it said."""

from datetime import datetime, timedelta

from supportdesk import clock


def days_left(ends_at: datetime | None, warn_days: int) -> int | None:
    """Whole days by the calendar of this computer, negative when it is over; None while that is far off.

    `warn_days` of the vendor's profile says from when on it is near; 0: only what is over is said.
    """
    if ends_at is None:
        return None
    days = (ends_at.astimezone().date() - clock.now().astimezone().date()) // timedelta(days=1)
    return days if days < 0 or (warn_days and days <= warn_days) else None
