"""``./dev bench [NAME …]``: the benchmarks one after the other, each with its peers.

Every benchmark measures itself against named peers or limits in one run and prints ratios.
Without a name all run, which takes about an hour; ``./dev bench --list`` names them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]


def benchmarks() -> dict[str, Path]:
    """Name -> script, in the order of the names."""
    found = {path.stem.removeprefix("bench_"): path for path in sorted(FOLDER.glob("bench_*.py"))}
    return found | {
        "crawl": FOLDER / "crawl_speed.py",
        "crawl-workers": FOLDER / "crawl_workers.py",
        "fuzz": FOLDER / "fuzz_extraction.py",
        "fuzz-api": FOLDER / "fuzz_api.py",
    }


def machine() -> str:
    """What the figures were measured on."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(words: list[str]) -> int:
    """The exit status: 0 when every benchmark ran to its end."""
    known = benchmarks()
    if "--list" in words:
        print("\n".join(known))
        return 0
    names = [word for word in words if not word.startswith("-")] or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"bench: no benchmark {unknown[0]}; known are {', '.join(known)}", file=sys.stderr)
        return 2
    options = [word for word in words if word.startswith("-")]
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests", FOLDER)))
    print(machine(), flush=True)
    failed = False
    for name in names:
        print(f"\n── {name}", flush=True)
        command = [sys.executable, str(known[name]), *options]
        ran = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, check=False)
        failed |= ran.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
