"""Writes the small county's profile and ledgers to a folder, to try them by hand."""

import shutil
import sys
from pathlib import Path

from tests.ledgers.bad import bad
from tests.ledgers.county import MONTHS, PROFILE, good, write


def main(folder: Path) -> None:
    """profile/, good/<month>/, good/alone/ and bad/."""
    shutil.copytree(PROFILE, folder / "profile", dirs_exist_ok=True)
    for month in (*MONTHS, "alone"):
        write(good(month), folder / "good" / month)
    (folder / "bad").mkdir(exist_ok=True)
    for one in bad():
        (folder / "bad" / one.file).write_bytes(one.content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
