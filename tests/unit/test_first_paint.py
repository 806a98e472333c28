"""What the first painted window costs."""

import subprocess
import sys

HEAVY = ("asyncio", "sqlite3", "ssl", "sqlalchemy", "keyring", "supportdesk.replica", "supportdesk.sync")


def loaded_after(statement: str) -> set[str]:
    """The modules of a fresh process after `statement`."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_the_window_is_painted_before_stores_and_network_are_loaded() -> None:
    """They are imported by the thread that opens the data folder, after the first painting."""
    modules = loaded_after("import supportdesk.ui.shell.application")
    assert "supportdesk.ui.login.dialog" in modules
    assert [name for name in HEAVY if name in modules] == []


def test_the_main_window_is_not_loaded_for_the_sign_in() -> None:
    """Nor the pages of the sign-in that come later."""
    modules = loaded_after("import supportdesk.ui.shell.application")
    later = {"supportdesk.ui.shell.main_window", "supportdesk.ui.login.credentials_page"}
    assert not later & modules
