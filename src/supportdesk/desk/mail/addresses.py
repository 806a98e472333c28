"""What is an e-mail address, and which is somebody's."""

import re

from sqlalchemy import RowMapping

# In front of the '@' only what mail servers everywhere take, no sign that ends a header and no encoded word.
_EMAIL = re.compile(
    r"(?!.*=\?)[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
)


def is_address(text: str) -> bool:
    """`text` is casefolded."""
    return _EMAIL.fullmatch(text) is not None


def mail_address(person: RowMapping) -> str:
    """Where mails for them go; '' where nobody knows."""
    email = str(person["email"]) or str(person["user_name"])
    return email if is_address(email) else ""
