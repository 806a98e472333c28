"""Where the program keeps what belongs to this person."""

import os
from pathlib import Path


def data_folder(given: str | None = None) -> Path:
    """`given`, else SUPPORTDESK_DATA_DIR, else the system's place for application data."""
    named = given or os.environ.get("SUPPORTDESK_DATA_DIR")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("SupportDesk", appauthor=False)
