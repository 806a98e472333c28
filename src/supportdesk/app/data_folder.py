"""Where the program keeps what belongs to this person."""

import os
from pathlib import Path

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _


def data_folder(given: str | None = None) -> Path:
    """`given`, else SUPPORTDESK_DATA_DIR, else the system's place for application data.

    Raises InvalidInput for a folder of somebody (`~name`) who is not known here.
    """
    named = given or os.environ.get("SUPPORTDESK_DATA_DIR")
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError as error:
            raise InvalidInput(
                _("There is no folder {name}.").format(name=named), field="--data-dir"
            ) from error
    from platformdirs import user_data_path

    return user_data_path("SupportDesk", appauthor=False)
