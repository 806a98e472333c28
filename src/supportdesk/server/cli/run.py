"""`supportdesk-server run`"""

import argparse
import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.i18n import _
from supportdesk.server.cli.arguments import add_configuration, check_user, configuration

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands
    from supportdesk.server.configuration import Configuration
    from supportdesk.server.site import Site

log = logging.getLogger(__name__)


def add(commands: "Commands") -> None:
    command = commands.add_parser("run", help=_("serve customers until it is told to end"))
    add_configuration(command)
    unset = argparse.SUPPRESS
    command.add_argument("--host", default=unset, help=_("address to listen on"))
    command.add_argument("--port", default=unset, type=int)
    command.add_argument("--public-url", default=unset, metavar="URL", help=_("where customers reach it"))
    command.add_argument("--mail", default=unset, metavar="URL", help=_("smtp://host:port or maildir:FOLDER"))
    command.add_argument(
        "--sign-key", default=unset, type=Path, metavar="FILE", help=_("PKCS#12 that seals documents")
    )
    command.add_argument(
        "--time-stamp-url", default=unset, metavar="URL", help=_("authority that says when it was signed")
    )
    command.add_argument(
        "--at-root", default=unset, metavar="ID", help=_("vendor without a path of their own")
    )
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises SupportDeskError where it cannot begin."""
    from supportdesk.server import logs

    wanted = configuration(options)
    check_user(wanted.data)
    logs.begin(wanted.log_level)
    return asyncio.run(_serve(wanted))


async def _serve(wanted: "Configuration") -> int:
    from supportdesk.server.serving import listening, server_for
    from supportdesk.server.site import Site
    from supportdesk.server.vendors import portals

    site = Site(portals(wanted), wanted.metrics_token)
    with listening(wanted.host, wanted.port) as socket:
        await site.open()
        try:
            server = server_for(site, proxies=wanted.trusted_proxies)
            server.on_ready = lambda: _announce(site, wanted.host, socket.getsockname()[1])
            await server.serve([socket])
        finally:
            await site.close()
    return 0


def _announce(site: "Site", host: str, port: int) -> None:
    """For the person who started it by hand; others read the log."""
    shown = f"[{host}]" if ":" in host else host
    for prefix, portal in site.portals.items():
        sys.stdout.write(f"{portal.profile.name}: http://{shown}:{port}/{prefix}\n")
    sys.stdout.flush()
    log.info("listening", extra={"fields": {"port": port, "vendors": len(site.portals)}})
