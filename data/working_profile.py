"""The profile that ledgers are read by, and what a clerk's answers add to it: it remembers them."""

import os
import re
import secrets
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl

from data import files
from data.commits import Commit
from data.messages import IntakeError
from data.personal import kind
from data.profile import HEADER_COLUMNS, HEADERS, REQUIRED, Profile, load_profile, plain
from data.rows import rows
from data.store import Store
from data.tables import TABLES, conform

SHIPPED = Path(__file__).with_name("profiles")
SETTINGS, MAPPINGS = "settings.toml", "mappings"
_DEMONSTRATION = re.compile(r"(?m)^(\s*demonstration\s*=\s*)(true|false)")
_MAPPING_NAME = re.compile(r"[\w（）()-]{1,40}")


def folder_of(store: Store) -> Path | None:
    """The folder NUANXIN_PROFILE, else `profile` in the store, made from the newest snapshot when needed.

    None where there is neither a snapshot nor a county chosen with `choose`.
    """
    named = os.environ.get("NUANXIN_PROFILE")
    if named:
        return Path(named)
    folder, head = store.root / "profile", store.head()
    if folder.is_dir():
        return folder
    if head is None or not head.months:
        return None
    _make(folder, _published(store, head))
    return folder


def choose(store: Store, name: str, *, demonstration: bool) -> Path:
    """Take a shipped county's profile for an empty store, its data marked as real or as demonstration."""
    source = SHIPPED / name
    load_profile(source)
    content = {path.name: path.read_bytes() for path in source.iterdir() if path.is_file()}
    text = content[SETTINGS].decode("utf-8")
    word = "true" if demonstration else "false"
    content[SETTINGS] = _DEMONSTRATION.sub(rf"\g<1>{word}", text).encode()
    folder = store.root / "profile"
    _make(folder, content)
    return folder


def shipped() -> dict[str, str]:
    """Name of each shipped profile -> its county."""
    found = (load_profile(path) for path in sorted(SHIPPED.iterdir()) if (path / SETTINGS).is_file())
    return {profile.name: str(profile.settings["county"]) for profile in found}


def changed(store: Store, profile: Profile) -> tuple[str, ...]:
    """Tables in which the profile differs from the newest snapshot's, but for what was added by answers."""
    head = store.head()
    if head is None or not head.months:
        return ()
    month = max(head.months)
    tables = head.months[month].tables
    compared = [name for name in profile.frames if name in tables and name != "aliases"]
    return tuple(name for name in compared if not profile.frames[name].equals(store.read(head, month, name)))


def add_alias(folder: Path, alias: str, township_code: str) -> None:
    """Remember a name by which ledgers call a township; an earlier answer for the name is replaced."""
    _refuse_personal(alias, "alias")
    aliases = load_profile(folder).frames["aliases"].filter(pl.col("alias") != plain(alias))
    one = pl.DataFrame({"alias": [plain(alias)], "township_code": [township_code]}, schema=aliases.schema)
    _replace(folder / "aliases.csv", rows("aliases", pl.concat([aliases, one]), "csv"))


def add_header(folder: Path, ledger: str, header: str, field: str) -> None:
    """Remember what a column of that header holds in a kind of ledger: a field of it, or `ignore`."""
    _refuse_personal(header, "header")
    others = [one for one in load_profile(folder).headers if one[:2] != (ledger, header)]
    table = pl.DataFrame([*others, (ledger, header, field)], schema=list(HEADER_COLUMNS), orient="row")
    _replace(folder / HEADERS, table.write_csv().encode())


def add_mapping(folder: Path, name: str, text: str) -> Path:
    """Save a mapping under a name; IntakeError mapping_name where it cannot be a file's name."""
    _refuse_personal(name, "mapping")
    if not _MAPPING_NAME.fullmatch(name):
        raise IntakeError("mapping_name")
    path = folder / MAPPINGS / f"{name}.toml"
    with files.explained(path):
        files.make_folder(path.parent)
    _replace(path, text.encode())
    return path


def remove_mapping(folder: Path, name: str) -> None:
    """Forget a mapping; nothing happens if there is none of that name."""
    path = folder / MAPPINGS / f"{name}.toml"
    if path in mappings(folder):
        with files.explained(path):
            path.unlink(missing_ok=True)


def mappings(folder: Path) -> list[Path]:
    """The saved mappings, by name."""
    return [folder / MAPPINGS / name for name in files.names(folder / MAPPINGS) if name.endswith(".toml")]


def _published(store: Store, head: Commit) -> dict[str, bytes]:
    """The newest snapshot's profile as the files of a folder."""
    month: date = max(head.months)
    found = {SETTINGS: store.settings_text(head, month).encode()}
    for name, table in TABLES.items():
        if table.origin == "profile" and name in head.months[month].tables:
            found[f"{name}.csv"] = rows(name, conform(name, store.read(head, month, name)), "csv")
    missing = [name for name in REQUIRED if f"{name}.csv" not in found]
    if missing:
        raise IntakeError("profile_incomplete", folder="profile", files="、".join(missing))
    return found


def _make(folder: Path, content: dict[str, bytes]) -> None:
    """The whole folder appears at once; one that is there already stays as it is."""
    staging = folder.with_name(f".profile-{secrets.token_hex(4)}")
    with files.explained(folder):
        files.make_folder(staging)
        try:
            for name, body in content.items():
                files.write_new(staging / name, body)
            with suppress(FileExistsError):
                files.move_folder(staging, folder)
        finally:
            files.remove_folder(staging)


def _replace(path: Path, content: bytes) -> None:
    with files.explained(path):
        files.put(path, content)


def _refuse_personal(text: str, field: str) -> None:
    if kind(text):
        raise IntakeError("personal_text", field=field)
