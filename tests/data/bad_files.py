"""The odd and hostile files of tests/bad_files, with what must become of them."""

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "bad_files"
sys.path.insert(0, str(FOLDER))

from make import HOSTILE, ODD  # noqa: E402, F401
