"""Generated requests against the served OpenAPI document: 10,000 and more, no failure.

Run by ``./dev bench fuzz-api``. schemathesis makes valid and invalid requests of every
operation; each answer must be one that the document promises, and no answer may be a 5xx.
``ZHIQUAN_FUZZ_EXAMPLES`` sets how many of each operation and kind (280).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEST = "tests/integration/test_api_fuzz.py"


def main() -> int:
    """The exit status: 0 when every answer was right."""
    environment = {"ZHIQUAN_FUZZ_EXAMPLES": "280"} | os.environ
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", "--timeout=7200", TEST]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    sent = [int(number) for number in re.findall(r"^\.?(\d+) cases ", ran.stdout, re.MULTILINE)]
    print(f"  {sum(sent)} cases over {len(sent)} kinds of request")
    print(f"  {'no failure' if ran.returncode == 0 else ran.stdout[-4000:]}")
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
