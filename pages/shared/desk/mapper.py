"""A file that is no ledger of ours: what it holds is asked column by column, and remembered as a mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.blocks import heading, note, plain
from pages.shared.desk.batch import reread_files
from pages.shared.room import Room
from queries import imports, mapping

_OPEN = "imports.mapping"
Targets = Mapping[str, mapping.Target]


@dataclass(frozen=True)
class Form:
    """The questions about one sheet: `row` is that of its header, `key` begins the names of its fields."""

    room: Room
    desk: imports.Desk
    grid: mapping.Grid
    row: int
    table: str
    key: str

    @property
    def targets(self) -> Targets:
        """What a column may be."""
        return mapping.targets(self.table, self.room.lang)

    @property
    def names(self) -> list[str]:
        """The headers of the sheet."""
        return list(mapping.headers(self.grid, self.row))


def draw(room: Room, desk: imports.Desk, judged: imports.Judged) -> None:
    """Draw an offer for each foreign file, the questions for the one that was chosen, and a way to undo."""
    for reading in mapping.foreign_files(judged):
        with st.container(border=True):
            heading(room.t("imports.foreign_title", file=reading.file), room.t("imports.foreign_subtitle"))
            if st.toggle(room.t("imports.map"), key=f"{_OPEN}.{reading.sha256}"):
                _ask(room, desk, reading)
    returned = {
        file: name for file, name in mapping.mapped_files(desk, judged).items() if file in judged.returned
    }
    for file, name in returned.items():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain(room.t("imports.mapped_badly", file=file, name=name)), width="stretch")
            st.button(
                room.t("imports.map_again"),
                on_click=_discard,
                args=(desk, name, file),
                key=f"{_OPEN}.again.{file}",
            )


def _discard(desk: imports.Desk, name: str, file: str) -> None:
    mapping.discard(desk, name)
    reread_files([file])


def _ask(room: Room, desk: imports.Desk, reading: imports.Reading) -> None:
    key = f"{_OPEN}.{reading.sha256}"
    grids = mapping.sheets(reading)
    with st.grid(3, min_column_width=220, gap="small"):
        at = _sheet(room, grids, key) if len(grids) > 1 else 0
        row = st.number_input(
            room.t("imports.map_row"),
            min_value=1,
            max_value=grids[at].cells.height,
            value=mapping.header_row(grids[at]),
            key=f"{key}.row.{at}",
        )
        table = st.selectbox(
            room.t("imports.map_table"),
            mapping.TABLES,
            format_func=lambda name: room.t(f"imports.tables.{name}"),
            key=f"{key}.table",
        )
    form = Form(room, desk, grids[at], int(row), table, f"{key}.{at}.{row}.{table}")
    columns = _columns(form)
    draft = mapping.Draft(
        table,
        columns,
        _dates(form, columns),
        _values(form, columns),
        _constants(form, columns),
        table == "grievances" and st.checkbox(room.t("imports.map_cutoff"), key=f"{form.key}.cutoff"),
    )
    _save(form, reading, draft)


def _sheet(room: Room, grids: Sequence[mapping.Grid], key: str) -> int:
    return st.selectbox(
        room.t("imports.map_sheet"),
        range(len(grids)),
        format_func=lambda number: grids[number].name or str(number + 1),
        key=f"{key}.sheet",
    )


def _columns(form: Form) -> dict[str, str]:
    """Ask what each column is; those that are left out are not in the answer."""
    room, targets = form.room, form.targets
    _title(room, "columns")
    proposed = mapping.suggested(form.table, form.names)
    options = ["", *targets]
    with st.grid(3, min_column_width=220, gap="small"):
        answers = {
            name: st.selectbox(
                plain(name),
                options,
                index=options.index(proposed.get(name, "")),
                format_func=lambda one: _label(targets[one]) if one else room.t("imports.ignore"),
                key=f"{form.key}.column.{name}",
            )
            for name in form.names
        }
    return {name: target for name, target in answers.items() if target}


def _label(target: mapping.Target) -> str:
    return f"{target.label} *" if target.required else target.label


def _title(room: Room, part: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{room.t(f'imports.map_{part}')}**")
        note(room.t(f"imports.map_{part}_note"))


def _dates(form: Form, columns: Mapping[str, str]) -> dict[str, str]:
    """Ask how each column of days is written, where more than one way would do."""
    days = [name for name, target in columns.items() if form.targets[target].form == "day"]
    if not days:
        return {}
    _title(form.room, "dates")
    with st.grid(3, min_column_width=220, gap="small"):
        return {name: _date_format(form, name) for name in days}


def _date_format(form: Form, name: str) -> str:
    fitting = mapping.formats(form.grid, form.row, name)
    options = fitting or list(mapping.FORMATS)
    # Two ways that both fit are the clerk's to tell apart: May 4th or 4th of May.
    answer = st.selectbox(
        plain(name),
        options,
        index=0 if len(fitting) == 1 or "" in fitting else None,
        format_func=lambda one: mapping.example(one) or form.room.t("imports.map_iso"),
        placeholder=form.room.t("imports.choose"),
        key=f"{form.key}.date.{name}",
    )
    return answer or ""


def _values(form: Form, columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Ask what each word means in columns that hold one of a few of ours."""
    worded = {name: form.targets[target] for name, target in columns.items() if form.targets[target].allowed}
    found = {name: mapping.words(form.grid, form.row, name) for name in worded}
    if not worded:
        return {}
    _title(form.room, "values")
    return {name: _meanings(form, name, worded[name], words or []) for name, words in found.items()}


def _meanings(form: Form, name: str, target: mapping.Target, words: list[str]) -> dict[str, str]:
    if not words:
        note(form.room.t("imports.map_too_many", column=name))
    with st.grid(3, min_column_width=220, gap="small"):
        answers = {
            word: st.selectbox(
                f"{plain(name)}：{plain(word)}",
                target.allowed,
                index=target.allowed.index(word) if word in target.allowed else None,
                format_func=lambda one: _word(form.room, one),
                placeholder=form.room.t("imports.choose"),
                key=f"{form.key}.word.{name}.{word}",
            )
            for word in words
        }
    return {word: meaning for word, meaning in answers.items() if meaning}


def _word(room: Room, word: str) -> str:
    key = f"imports.words.{word}"
    return room.t(key) if room.text.has(key) else word


def _constants(form: Form, columns: Mapping[str, str]) -> dict[str, str]:
    """Ask for one value for all rows, where a needed column is not in the file."""
    missing = [form.targets[name] for name in mapping.Draft(form.table, columns).missing]
    if not missing:
        return {}
    _title(form.room, "constants")
    with st.grid(3, min_column_width=220, gap="small"):
        answers = {target.name: _constant(form, target) for target in missing}
    return {name: value for name, value in answers.items() if value}


def _constant(form: Form, target: mapping.Target) -> str | None:
    key = f"{form.key}.constant.{target.name}"
    names = mapping.registered(form.desk, target) or {one: _word(form.room, one) for one in target.allowed}
    if names:
        return st.selectbox(
            plain(target.label),
            list(names),
            index=None,
            format_func=lambda one: names[one],
            placeholder=form.room.t("imports.choose"),
            key=key,
        )
    return st.text_input(plain(target.label), key=key).strip()


def _save(form: Form, reading: imports.Reading, draft: mapping.Draft) -> None:
    """Save the mapping and read the file by it; what is still to be answered is named."""
    room = form.room
    name = st.text_input(
        room.t("imports.map_name"),
        value=mapping.proposed_name(reading.file),
        max_chars=40,
        key=f"{form.key}.name",
        width=560,
    )
    missing = [form.targets[one].label for one in draft.missing]
    if missing:
        names = room.t("wording.list_separator").join(missing)
        st.warning(room.t("imports.map_missing", names=plain(names)), icon=":material/warning:")
    if st.button(
        room.t("imports.map_save"),
        icon=":material/save:",
        disabled=bool(missing) or not name.strip(),
        key=f"{form.key}.save",
    ):
        mapping.save(form.desk, name.strip(), draft)
        reread_files([reading.file])
        st.rerun()
