"""Argon2id hashes of passwords, and nothing else about them."""

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10

# OWASP's first recommendation: 19 MiB, two passes. 25 ms on a small office computer.
_POLICY = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

# Of a password that nobody knows: an unknown user costs the same time as a wrong password.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$GQ48o8THBB2yAtg/6iyI6g$Ub+BfmECisZjhMsNaBkZ65fIjfQ964FxC0alr6Wx0vU"
)


def hashed(password: str) -> str:
    return _POLICY.hash(password)


def matches(password_hash: str, password: str) -> bool:
    try:
        return _POLICY.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Made with an earlier policy; to be renewed at the next sign-in."""
    return _POLICY.check_needs_rehash(password_hash)
