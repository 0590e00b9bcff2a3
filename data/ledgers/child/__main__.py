"""The process that opens one file of others: bytes in, packed sheets or a refusal out.

    python -I data/ledgers/child/__main__.py < file > frames

A frame is four letters, the length and the bytes: HERE, FORM (JSON), a SHET (Arrow) for each sheet, DONE;
or FAIL (JSON) at any time after HERE. Whatever else comes out, or nothing, is a crash.
"""

import sys
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    # The package without its __init__, which loads what this process must not wait for.
    package = ModuleType("data")
    package.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["data"] = package
    # Arrow would load it if it were there, and nothing here needs it.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    from data.ledgers.child.process import main

    main()
