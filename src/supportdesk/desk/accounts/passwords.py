"""What a password must be like, and its Argon2id hash."""

import secrets

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

MIN_LENGTH = 10
MAX_LENGTH = 1_000

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are misread."""
_GROUPS, _GROUP = 4, 4  # some 79 random bits

# OWASP's first recommendation: 19 MiB, two passes. 25 ms on a small office computer.
_POLICY = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

# Of a password that nobody knows: an unknown user costs the same time as a wrong password.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$GQ48o8THBB2yAtg/6iyI6g$Ub+BfmECisZjhMsNaBkZ65fIjfQ964FxC0alr6Wx0vU"
)


def check(password: str, user: str, *, field: str = "password") -> None:
    """Raises InvalidInput for one that will not do for this user name."""
    if len(password) < MIN_LENGTH:
        text = _("A password needs at least {count} characters.")
        raise InvalidInput(text.format(count=MIN_LENGTH), field=field)
    if len(password) > MAX_LENGTH:
        text = _("A password may have at most {count} characters.")
        raise InvalidInput(text.format(count=MAX_LENGTH), field=field)
    known = user.casefold()
    if password.casefold() in {known, known.partition("@")[0]}:
        raise InvalidInput(_("The password must not be the user name."), field=field)


def made() -> str:
    """One that can be read to somebody."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def hashed(password: str) -> str:
    return _POLICY.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Never so for an account that has no password yet, whatever DUMMY_HASH was made of."""
    try:
        return _POLICY.verify(password_hash, password) and password_hash != DUMMY_HASH
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Made with an earlier policy; to be renewed at the next sign-in."""
    return _POLICY.check_needs_rehash(password_hash)
