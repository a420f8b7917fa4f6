"""What a release of the accepted changes would meet, before anybody makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.errors import Conflict, RowFault
from mapping.store.opening import Store
from mapping.store.overlay import OverlaidFolder, fold
from mapping.store.people import Person
from mapping.store.proposing import refuse_unless
from mapping.store.records import Change
from mapping.store.soundness import faults_of_all
from mapping.store.standing import refuse_overtaken, standing


@dataclass(frozen=True)
class Rehearsal:
    """What stands in the way of a release; nothing where it would go through."""

    faults: tuple[RowFault, ...]
    """What would be wrong with the tables as a whole."""
    overtaken: tuple[str, ...]
    """Rows that a release changed since they were accepted, in words."""

    @property
    def is_sound(self) -> bool:
        """Return whether nothing stands in the way."""
        return not self.faults and not self.overtaken


def rehearse(store: Store, person: Person | None, accepted: Sequence[Change]) -> Rehearsal:
    """Return what releasing these changes would meet; writes nothing.

    Raises
    ------
    NotAllowed
        The person is no reviewer.
    """
    refuse_unless(store, person, "release")
    now = standing(store)
    operations = [change.operation for change in accepted]
    overtaken = []
    for operation in operations:
        try:
            refuse_overtaken(operation, now.table(operation.table))
        except Conflict as conflict:
            overtaken.append(str(conflict))
    if overtaken:
        return Rehearsal((), tuple(overtaken))
    folder = OverlaidFolder(store.data, fold([*now.operations, *operations]))
    return Rehearsal(faults_of_all(folder, operations), ())
