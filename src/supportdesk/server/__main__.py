"""`python -m supportdesk.server` is `supportdesk-server`."""

import sys

from supportdesk.server.cli import main

if __name__ == "__main__":
    sys.exit(main())
