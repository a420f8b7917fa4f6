"""Free-text search: which records a reader means by a few typed words.

Every word typed must be found among the words of a record or of its site, as it is, as the beginning of a longer
word (from three letters), in one piece or in several ("valldhebron", "Vall d'Hebron", "CART", "CAR T"), or, if nothing
of the kind exists anywhere, with a letter or two wrong.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mapping.tables.loading import Tables
from mapping.view.address import TEXT_CHARACTERS
from mapping.view.folding import words
from mapping.view.presence import ROLE_TABLES, Bools, Presence
from mapping.view.texts import CODE_KEYS, Texts, texts_of
from mapping.view.word_index import WordIndex

_TRIAL_SITES = ROLE_TABLES.index("trial_sites")


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """Finds the rows of presence that a text means; reads the texts on the first search, not before."""

    tables: Tables
    """The data."""
    presence: Presence
    """The rows to be found."""

    @cached_property
    def texts(self) -> Texts:
        """Return the texts searched, one a site, record, trial and code."""
        return texts_of(self.tables, self.presence.options)

    @cached_property
    def index(self) -> WordIndex:
        """Return the words of those texts."""
        return WordIndex.of(self.texts.lines)

    def rows(self, text: str) -> Bools | None:
        """Return which rows of presence a text means; None where it has no word and so restricts nothing."""
        asked = words(text[:TEXT_CHARACTERS])
        if not asked:
            return None
        found = np.ones(len(self.presence), dtype=np.bool_)
        for documents in self.index.find(asked):
            found &= self._rows_of(documents)
            if not found.any():
                break
        return found

    def records(self, table: str, text: str) -> Bools | None:
        """Return which rows of one table (sites, organisations, facilities …) say all words of a text themselves."""
        asked = words(text[:TEXT_CHARACTERS])
        if not asked:
            return None
        if table not in self.texts.blocks:
            return np.zeros(0, dtype=np.bool_)
        block = self.texts.blocks[table]
        found = [documents[block] for documents in self.index.find(asked)]
        return np.asarray(np.logical_and.reduce(found), dtype=np.bool_)

    def _rows_of(self, documents: Bools) -> Bools:
        """Return the rows of presence that any of the documents found is about."""
        presence, blocks = self.presence, self.texts.blocks
        found = np.zeros(len(presence), dtype=np.bool_)
        if not len(presence):
            return found
        found |= documents[blocks["sites"]][presence.site]
        for role, table in enumerate(ROLE_TABLES):
            ours = presence.role == role
            if table in blocks:
                found[ours] |= documents[blocks[table]][presence.record[ours]]
            if role == _TRIAL_SITES and "trials" in blocks:
                found[ours] |= documents[blocks["trials"]][presence.trial[ours]]
        for key in CODE_KEYS:
            codes = documents[blocks[key]]
            if codes.any():
                chosen = {code for code, meant in zip(presence.options[key], codes, strict=True) if meant}
                found |= presence.facets[key].rows(chosen, len(presence))
        return found
