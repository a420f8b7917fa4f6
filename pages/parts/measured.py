"""What the pages tell the server's figures of themselves."""

from functools import cache

from mapping.api.metrics import Metrics


@cache
def metrics() -> Metrics:
    """Return the figures of this process; pages and server share them."""
    return Metrics()
