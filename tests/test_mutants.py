"""Good ledgers with something broken in them: nothing dies or is quoted, no right row turns wrong."""

from itertools import islice

import pytest

from tests.mutants import bases, known, mutants, outcome

EACH = 8  # tests/benchmarks makes thousands


@pytest.mark.parametrize("name", bases())
def test_mutants_are_refused_or_returned_or_differ_only_where_they_were_changed(name: str) -> None:
    good = bases()[name]
    before = known(name, good)
    assert outcome(name, good, before) == ("same", [])
    for number, mutant in enumerate(islice(mutants(good, seed=20261031), EACH)):
        what, wrong = outcome(name, mutant, before)
        assert wrong == [], (number, what)
