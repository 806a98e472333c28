"""What the configuration says about a store for files."""

from urllib.parse import urlsplit

import msgspec

from supportdesk.domain.address import is_this_computer


class S3(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An S3-compatible store for the contents of files."""

    endpoint: str
    """https://…, without the bucket."""
    bucket: str
    prefix: str = ""
    """Of all names in the bucket; a part for each vendor follows."""
    region: str = "us-east-1"
    access_key: str = ""
    """'' leaves it to what the machine has: AWS_ACCESS_KEY_ID, ~/.aws, its role."""
    secret_key: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError."""
        parts = urlsplit(self.endpoint)
        host = parts.hostname or ""
        if not host or parts.scheme not in ({"http", "https"} if is_this_computer(host) else {"https"}):
            raise ValueError("s3: an endpoint that begins with https://")
        if not self.bucket:
            raise ValueError("s3: the name of a bucket")
        if bool(self.access_key) != bool(self.secret_key):
            raise ValueError("s3: access_key and secret_key belong together")

    def __repr__(self) -> str:
        """Without what is secret."""
        return f"S3(endpoint={self.endpoint!r}, bucket={self.bucket!r}, prefix={self.prefix!r})"
