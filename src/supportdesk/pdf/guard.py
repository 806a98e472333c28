"""Every failure while a file of other people is read is one of the errors of documents."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from supportdesk.domain.errors import DocumentDamaged, DocumentTooLarge, SupportDeskError

log = logging.getLogger(__name__)


@contextmanager
def reading() -> Iterator[None]:
    """Whatever a broken file makes a library raise is one error: the file is damaged."""
    try:
        yield
    except SupportDeskError:
        raise
    except MemoryError as error:
        raise DocumentTooLarge from error
    except Exception as error:
        log.info("a document that cannot be read: %r", error)
        raise DocumentDamaged from error
