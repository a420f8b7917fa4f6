"""Where the benchmark keeps what it makes; nothing of it is committed but the report."""

from tests.browser.served import ROOT

WORK = ROOT / "build" / "bench"
REFERENCES = ROOT / "tests" / "bench" / "references"
REPORT = ROOT / "docs" / "performance.md"
