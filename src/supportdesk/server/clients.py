"""Where a request comes from, for counting and for the audit."""

import ipaddress

from supportdesk.server.requests import AnyRequest

_V6_NETWORK_BITS = 64
"""Who has one address of IPv6 usually has so many."""


def client_of(request: AnyRequest) -> str:
    """The client's address or, in IPv6, its network. '' where there is none, as for a Unix socket."""
    if request.client is None:
        return ""
    try:
        address = ipaddress.ip_address(request.client.host)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _V6_NETWORK_BITS), strict=False))
