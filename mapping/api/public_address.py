"""Where readers reach the Atlas: the address that previews, briefs and codes carry.

A header is only believed as far as it looks like the name of a host; what a proxy says is believed where the operator
says that there is one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from starlette.requests import Request

from mapping.api.security import SecurityError

HOST: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
"""A name or a number of a host, perhaps with a port (RFC 3986, 3.2.2)."""
ADDRESS: Final = re.compile(rf"https?://{HOST.pattern}(?:/[A-Za-z0-9._~/-]*)?")
NOBODY: Final = "localhost"
"""The host where a request names none."""
YES: Final = frozenset({"1", "true", "yes", "on"})
NO: Final = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True)
class PublicAddress:
    """What the operator says about it."""

    fixed: str = ""
    """The address, if it is always the same; then no header counts."""
    base_path: str = ""
    """Path below which the Atlas is served."""
    is_behind_proxy: bool = False
    """Whether X-Forwarded-Proto and X-Forwarded-Host come from a proxy of the operator's own."""

    @classmethod
    def from_settings(cls, settings: Mapping[str, str], base_path: str) -> Self:
        """Return what the environment says: ``ATLAS_URL`` and ``ATLAS_BEHIND_PROXY``.

        Raises
        ------
        SecurityError
            ``ATLAS_URL`` is no address of a web page, or ``ATLAS_BEHIND_PROXY`` neither 1 nor 0.
        """
        fixed = settings.get("ATLAS_URL", "").strip()
        if fixed and not ADDRESS.fullmatch(fixed):
            raise SecurityError(f"ATLAS_URL: {fixed!r} is no address; write for example https://atlas.example.org")
        proxy = settings.get("ATLAS_BEHIND_PROXY", "").strip().lower()
        if proxy not in YES | NO:
            raise SecurityError(f"ATLAS_BEHIND_PROXY: {proxy!r} is neither yes nor no; write 1 or 0")
        return cls(fixed.rstrip("/"), base_path.strip("/"), proxy in YES)

    def of(self, request: Request) -> str:
        """Return the address as the reader of a request sees it, without a slash at the end."""
        if self.fixed:
            return self.fixed
        headers = request.headers
        scheme, host = request.url.scheme, headers.get("host", "")
        if self.is_behind_proxy:
            scheme = _first(headers.get("x-forwarded-proto", "")) or scheme
            host = _first(headers.get("x-forwarded-host", "")) or host
        safe = host if HOST.fullmatch(host) else NOBODY
        return "/".join(filter(None, [f"{scheme if scheme in {'http', 'https'} else 'http'}://{safe}", self.base_path]))


def _first(header: str) -> str:
    """Return the first of a list of values: the one the reader's own request had."""
    return header.split(",")[0].strip()
