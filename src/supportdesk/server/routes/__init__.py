"""All routes. Each module holds those of one matter; each route declares who may call it."""

from supportdesk.server.routes.account import (
    change_password,
    change_profile,
    examine_code,
    mail_code,
    my_profile,
    redeem_code,
    request_access,
)
from supportdesk.server.routes.attachments import content
from supportdesk.server.routes.changes import changes
from supportdesk.server.routes.colleagues import add_colleague, set_colleague_active
from supportdesk.server.routes.commands import take_command
from supportdesk.server.routes.discovery import openapi, profile
from supportdesk.server.routes.events import events
from supportdesk.server.routes.go import front, go, house
from supportdesk.server.routes.guests import door, report_as_guest
from supportdesk.server.routes.operations import health, metrics, readiness
from supportdesk.server.routes.own_sessions import end_other_sessions, end_session, list_sessions
from supportdesk.server.routes.sessions import sign_in, sign_out
from supportdesk.server.routes.sign_on import find_single_sign_on, redeem_single_sign_on
from supportdesk.server.routes.staff import STAFF_ROUTES
from supportdesk.server.routes.uploads import append_chunk, begin_upload, upload_offset
from supportdesk.server.routes.welcome import welcome

ROUTES = (
    profile,
    openapi,
    sign_in,
    sign_out,
    list_sessions,
    end_session,
    end_other_sessions,
    door,
    front,
    go,
    mail_code,
    request_access,
    examine_code,
    redeem_code,
    find_single_sign_on,
    redeem_single_sign_on,
    my_profile,
    change_profile,
    change_password,
    add_colleague,
    set_colleague_active,
    report_as_guest,
    welcome,
    changes,
    events,
    take_command,
    begin_upload,
    upload_offset,
    append_chunk,
    content,
    *STAFF_ROUTES,
)
"""Of each vendor."""

OPERATIONS = (health, readiness, metrics, house)
"""Of the process."""
