"""How well a card answers, from values alone."""

from editorial.learning import Rate, Said, change, tallies


def test_an_edition_is_compared_with_the_last_of_which_anything_was_said() -> None:
    found = tallies(
        [Said(1, True, "", 9), Said(3, False, "fee", 4), Said(3, True, "", 4), Said(5, True, "", 2)]
    )

    whole, fee = change(found, 5), change(found, 5, "fee")

    assert whole is not None
    assert fee is not None
    assert (whole.earlier, whole.before, whole.after) == (3, Rate(4, 8), Rate(2, 2))
    assert (fee.before.percent, fee.after, fee.is_told) == (50, Rate(0, 2), False)
    assert change(found, 1) is None
    assert change({}, 1) is None
