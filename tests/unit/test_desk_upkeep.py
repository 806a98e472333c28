"""What strangers and time leave behind in a desk does not stay for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from supportdesk.clock import now
from supportdesk.desk import upkeep
from supportdesk.desk.accounts import access, door
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.office import access_requests
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.schema import asked_mail, audit, requests_of_access, sessions
from supportdesk.domain.account import RequestAccess
from supportdesk.domain.errors import AuthenticationFailed
from supportdesk.domain.office_people import DeclineAccessRequest
from supportdesk.domain.profile import SignIn
from tests.support.desk import CUSTOMER, PASSWORD, count_of, small_profile

NOW = now()
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)


def _actions(desk: DeskConnection) -> set[str]:
    with reading(desk):
        return set(desk.execute(select(audit.c.action)).scalars())


def test_sessions_that_ended_go_after_a_year(desk: DeskConnection) -> None:
    """Till then the device they were on is known; those that last stay."""
    token = access.sign_in(desk, CUSTOMER, PASSWORD, "laptop", NOW)
    access.sign_out(desk, token, NOW)
    access.sign_in(desk, CUSTOMER, PASSWORD, "desktop", NOW)
    upkeep.sweep(desk, NOW + YEAR - HOUR)
    assert count_of(desk, sessions) == 2
    upkeep.sweep(desk, NOW + YEAR + HOUR)
    assert count_of(desk, sessions) == 1


def test_failed_attempts_leave_the_audit_after_a_year(desk: DeskConnection) -> None:
    """Anybody can cause them; what people did stays."""
    access.sign_in(desk, CUSTOMER, PASSWORD, "laptop", NOW)
    with pytest.raises(AuthenticationFailed):
        access.sign_in(desk, "nobody", "wrong", "laptop", NOW)
    upkeep.sweep(desk, NOW + YEAR - HOUR)
    assert {"sign_in", "sign_in_failed"} <= _actions(desk)
    upkeep.sweep(desk, NOW + YEAR + HOUR)
    assert "sign_in" in _actions(desk)
    assert "sign_in_failed" not in _actions(desk)


def test_decided_requests_for_access_go_after_a_year(desk: DeskConnection) -> None:
    """Those that wait for somebody's decision stay; how others were decided stands in the audit."""
    settings.keep(desk, settings.settings_of(small_profile(sign_in=SignIn(sign_up="approval"))))
    for name in ("ada", "eva"):
        asked = RequestAccess(f"{name}@new.example", name, "Practice", "en")
        door.request_access(desk, asked, Asker(client="192.0.2.1"), NOW)
    access_requests.decline(desk, DeclineAccessRequest("ada@new.example"), By("", NOW))
    upkeep.sweep(desk, NOW + YEAR - HOUR)
    assert count_of(desk, requests_of_access) == 2
    upkeep.sweep(desk, NOW + YEAR + HOUR)
    with reading(desk):
        assert desk.execute(select(requests_of_access.c.name)).scalars().all() == ["eva"]
    assert "decline_access_request" in _actions(desk)
    assert count_of(desk, asked_mail) == 2, "nobody has decided these wishes"
