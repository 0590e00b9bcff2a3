"""What a ledger is told about: one finding a place, worded for the clerk and for the sender."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from data.ledgers.grid import Place
from data.messages import say
from data.personal import safe

Severity = Literal["error", "warning", "note"]
Verdict = Literal["ready", "confirm", "returned"]


# Every code that a reader of ledgers may find, by severity; its sentence is [ledger_<code>] in messages.toml.
_ERRORS = """
cell_unreadable cell_error cell_uncalculated
count_words count_vague count_range count_bound count_several count_fraction count_percent
count_negative count_date count_too_large
date_words date_number date_ambiguous date_no_day date_impossible
rate_words rate_range rate_negative rate_ambiguous yes_no_words
file_absent file_web_page file_format file_not_table file_password file_damaged file_too_large
file_out_of_range
file_cell_error file_cell_too_long file_encoding file_quotes file_macro file_links file_unsafe file_failed
ledger_empty ledger_unknown sheet_excerpt
month_other unit_scaled column_missing column_twice no_rows second_table
township_unknown township_missing township_blank committee_blank committee_unknown
class_unknown word_unknown indicator_unknown
personal_data personal_hidden personal_comment
blank not_allowed key_twice key_in_sheet key_in_file rows_in_file firm_twice firm_in_sheet firm_in_file
negative precision_lost identifier_left fraction members_over_workers
township_abolished station_unknown figure_unknown target_unknown reference_missing
received_after_month received_after_abolition closed_before_received closed_without_date open_with_date
closed_before_opened period_end_outside stock_with_start period_reversed progress_range target_rate_range
target_month sender_twice
"""
_WARNINGS = """
control_character
sheet_unrecognised sheet_other_month number_shared column_unnamed month_of_file
month_perhaps line_skipped row_beside
committee_missing township_conflict township_other day_ahead column_unknown total_differs qualifier_dropped
blank_rows rows_hidden enterprise_suspected person_columns text_suspicious personal_dropped more_of_the_same
organisation_not_approved organisation_without_members task_closed_without_date task_without_deadline
progress_over credit_code_checksum holidays_missing cumulative_fell flow_without_start
coordinates_incomplete coordinates_implausible
"""
_NOTES = """
sheet_hidden sheet_explanation
superseded same_content published_already
"""

SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS.split(), "error"),
    **dict.fromkeys(_WARNINGS.split(), "warning"),
    **dict.fromkeys(_NOTES.split(), "note"),
}


@dataclass(frozen=True)
class Ask:
    """What a person answers once and the profile then remembers; `value` is the name as found."""

    kind: Literal["township", "header"]
    value: str
    ledger: str | None = None


@dataclass(frozen=True)
class Finding:
    """One thing found at one place. `params` never hold a value that may be personal."""

    code: str
    severity: Severity
    place: Place
    params: Mapping[str, object] = field(default_factory=dict)
    ask: Ask | None = None

    def text(self, lang: str | None = None) -> str:
        """One line: file, sheet, row, column, then what is wrong and what to do."""
        return say(
            "finding", lang, label=self.label(lang), place=self.where(lang), message=self.message(lang)
        )

    def label(self, lang: str | None = None) -> str:
        """The word of its severity."""
        return say(f"severity_{self.severity}", lang)

    def where(self, lang: str | None = None) -> str:
        """The place in words: file, sheet, row, column and the column's header."""
        place = self.place
        parts = [str(safe(place.file))]
        if place.sheet:
            parts.append(say("place_sheet", lang, sheet=safe(place.sheet)))
        if place.row is not None:
            parts.append(say("place_row", lang, row=place.row))
        if place.column:
            parts.append(say("place_letter", lang, column=place.column))
        if place.label:
            parts.append(say("place_label", lang, label=safe(place.label)))
        return " ".join(parts)

    def message(self, lang: str | None = None) -> str:
        """What is wrong and what to do, without the place."""
        kinds = str(self.params.get("kind", "")).split()
        spoken = {"kind": say("list_separator", lang).join(say(f"personal_{one}", lang) for one in kinds)}
        return say(f"ledger_{self.code}", lang, **{**self.params, **(spoken if kinds else {})})


def found(code: str, place: Place, *, ask: Ask | None = None, **params: object) -> Finding:
    """A finding with the severity of its code."""
    return Finding(code, SEVERITIES[code], place, params, ask)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Errors send a file back, warnings want a person's look, notes change nothing."""
    severities = {one.severity for one in findings}
    return "returned" if "error" in severities else "confirm" if "warning" in severities else "ready"
