"""All routes. Each module holds those of one matter; each route declares who may call it."""

from supportdesk.server.routes.changes import changes
from supportdesk.server.routes.commands import take_command
from supportdesk.server.routes.sessions import sign_in, sign_out
from supportdesk.server.routes.welcome import welcome

ROUTES = (sign_in, sign_out, welcome, changes, take_command)
