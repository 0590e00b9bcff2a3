"""What a manifest remembers of the ledgers: in the store, in older revisions, under new tables."""

import json

import polars as pl
import pytest

from data import Store, StoreError, bundle
from data.commits import digest, seal
from data.received import Received, decode, encode, remaining
from tests.stores import OCTOBER, SETTINGS, cube, enterprises, publish

FULL = Received(
    kind="people",
    sender="320001",
    unit="城东街道",
    file="九月.xlsx",
    sha256="ab" * 32,
    rows={"figures": 8, "tasks": 0},
    sheets={"figures": ("甲", None), "tasks": ("乙",)},
    townships=("320001",),
    read=9,
    used=8,
    left_out={"total": 1},
    states={"value": 6, "zero": 2},
    totals={"workers": 300.5},
)
FIRM = Received("enterprises", "320001", "城东街道", "台账.xlsx", "cd" * 32, {"enterprises": 3}, {})


def test_an_entry_comes_out_of_json_as_it_went_in() -> None:
    assert decode(json.loads(json.dumps(encode(FULL)))) == FULL


def test_a_ledger_goes_with_the_last_of_its_tables() -> None:
    (left,) = remaining([FULL, FIRM], {"figures", "enterprises"})
    assert (left.kind, dict(left.rows), dict(left.sheets)) == ("people", {"tasks": 0}, {"tasks": ("乙",)})
    assert remaining([FULL, FIRM], {"figures", "enterprises", "tasks"}) == ()


def put(store: Store, **how: object) -> tuple[Received, ...]:
    commit = publish(store, **how)
    return store.ledgers(commit.months[OCTOBER])


def test_ledgers_stand_in_the_manifest_and_stay_with_the_tables_that_stay(store: Store) -> None:
    assert put(store, ledgers=(FULL, FIRM)) == (FULL, FIRM)
    assert store.verify().ok
    # Enterprises are published anew without a word of ledgers: theirs is gone, the other stays.
    assert put(store) == ()
    store.publish(
        OCTOBER,
        {"figures": pl.DataFrame({"value": [1.0]})},
        {},
        SETTINGS,
        who="甲",
        reason="乙",
        ledgers=[FIRM],
    )
    tables = {"figures": pl.DataFrame({"value": [2.0]})}
    commit = store.publish(OCTOBER, tables, {"coverage": cube()}, SETTINGS, who="甲", reason="乙")
    assert store.ledgers(commit.months[OCTOBER]) == (FIRM,)


def rewritten(store: Store, change: object) -> Store:
    """The store as if its only manifest had been published with other bytes."""
    commit = publish(store)
    folder = store.root / commit.months[OCTOBER].folder
    path = folder / "manifest.json"
    body = json.loads(path.read_text("utf-8"))
    body.pop("ledgers") if change is None else body.update(ledgers=change)
    path.write_text(json.dumps(body), "utf-8")
    record = {"bytes": path.stat().st_size, "sha256": digest(path.read_bytes()), "rows": None}
    file = store.commit_path(1)
    state = json.loads(file.read_text("utf-8"))
    state.pop("sha256")
    state["months"]["2026-10"]["files"]["manifest.json"] = record
    file.write_bytes(seal(state))
    return Store(store.root)


def test_a_revision_of_before_ledgers_were_listed_has_none_and_can_be_followed(store: Store) -> None:
    old = rewritten(store, None)
    assert old.ledgers(old.resolve().months[OCTOBER]) == ()
    commit = old.publish(OCTOBER, {"tasks": enterprises()}, {}, SETTINGS, who="甲", reason="乙")
    assert old.ledgers(commit.months[OCTOBER]) == ()


@pytest.mark.parametrize("entry", [[{"kind": "people"}], ["x"], [None], {"a": 1}])
def test_a_list_of_ledgers_that_is_none_is_refused_in_words(store: Store, entry: object) -> None:
    odd = rewritten(store, entry)
    with pytest.raises(StoreError) as refused:
        odd.ledgers(odd.resolve().months[OCTOBER])
    assert refused.value.code == "file_broken"


def test_a_changed_manifest_is_refused_before_it_is_read(store: Store) -> None:
    commit = publish(store)
    path = store.root / commit.months[OCTOBER].folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"r", b"s", 1))
    with pytest.raises(StoreError) as refused:
        store.ledgers(commit.months[OCTOBER])
    assert refused.value.code == "file_broken"
    # Whole tables published anew need nothing of the damaged folder.
    again = publish(store)
    assert store.ledgers(again.months[OCTOBER]) == ()


def test_bytes_that_are_no_manifest_are_named_so() -> None:
    with pytest.raises(ValueError, match="manifest"):
        bundle.ledgers(b"[]")
