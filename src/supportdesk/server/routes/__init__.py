"""All routes. Each module holds those of one matter; each route declares who may call it."""

from supportdesk.server.routes.attachments import content
from supportdesk.server.routes.changes import changes
from supportdesk.server.routes.commands import take_command
from supportdesk.server.routes.discovery import openapi, profile
from supportdesk.server.routes.events import events
from supportdesk.server.routes.operations import health, metrics, readiness
from supportdesk.server.routes.sessions import sign_in, sign_out
from supportdesk.server.routes.uploads import append_chunk, begin_upload, upload_offset
from supportdesk.server.routes.welcome import welcome

ROUTES = (
    profile,
    openapi,
    sign_in,
    sign_out,
    welcome,
    changes,
    events,
    take_command,
    begin_upload,
    upload_offset,
    append_chunk,
    content,
)
"""Of each vendor."""

OPERATIONS = (health, readiness, metrics)
"""Of the process."""
