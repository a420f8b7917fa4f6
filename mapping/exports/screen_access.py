"""To come."""

from mapping.errors import ViewError
from mapping.exports.told import Asked, Told


def told(asked: Asked) -> Told:
    """Return what the page shows."""
    raise ViewError("this page is not yet told as data")
