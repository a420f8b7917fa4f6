import pytest

from mapping.tables.vocabulary import UnknownCodeError, definition, label, labels


def test_a_code_has_its_label(mini):
    assert label(mini, "capability", "car_t") == "CAR-T cells"


def test_labels_stand_in_the_order_of_display(mini):
    assert list(labels(mini, "stage")) == [
        "preclinical",
        "manufacturing",
        "clinical_trial",
        "regulatory_approval",
        "hta_reimbursement",
        "delivery_access",
    ]


def test_the_four_kinds_of_nothing_have_words_of_their_own(mini):
    assert dict(labels(mini, "nothing")) == {
        "zero": "0, measured",
        "none_found": "Looked for, none found",
        "not_assessed": "Not assessed",
        "not_applicable": "Not applicable",
    }


def test_a_code_is_explained(mini):
    assert "no value" not in definition(mini, "nothing", "zero")


def test_an_unknown_code_is_an_error(mini):
    with pytest.raises(UnknownCodeError, match="'car_x' is not a code of the vocabulary 'capability'"):
        label(mini, "capability", "car_x")


def test_an_unknown_vocabulary_is_an_error(mini):
    with pytest.raises(UnknownCodeError, match="'castles'"):
        labels(mini, "castles")
