"""Network addresses: who is asking, and how much of that may be written down."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's address; the proxy's word for it only where a proxy is trusted."""
    if settings.TRUST_PROXY and (chain := request.headers.get("X-Forwarded-For", "")):
        return chain.split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def shortened(address: str) -> str:
    """/24 of an IPv4 address, /48 of an IPv6 one: enough to count, not enough to find somebody."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
