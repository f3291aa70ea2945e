"""Puts this folder's modules in reach of its tests, and bounds each of them."""

import faulthandler
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
# The engine that searches source code, from the Python packages of the tests.
os.environ.setdefault("WS101_AST_GREP", str(pathlib.Path(sys.executable).parent / "ast-grep"))


@pytest.fixture(autouse=True)
def bounded():
    """A test that hangs ends the run with a trace, long before anybody's patience does."""
    faulthandler.dump_traceback_later(300, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()
