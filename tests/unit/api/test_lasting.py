"""What lasts is set aside: the garbage collector looks through what is new only."""

import gc
import weakref

from mapping.api.lasting import set_aside


class Example:
    """Something that can be watched going."""


def test_what_is_there_is_no_longer_looked_through() -> None:
    lasting = [[], []]
    try:
        assert set_aside() > 0
        assert all(each is not lasting for each in gc.get_objects())
    finally:
        gc.unfreeze()


def test_what_is_set_aside_is_given_back_when_nobody_holds_it() -> None:
    lasting = Example()
    seen = weakref.ref(lasting)
    try:
        set_aside()
        del lasting
        assert seen() is None
    finally:
        gc.unfreeze()


def test_what_comes_later_is_still_collected() -> None:
    try:
        set_aside()
        later = Example()
        later.itself = later
        seen = weakref.ref(later)
        del later
        gc.collect()
        assert seen() is None
    finally:
        gc.unfreeze()
