"""Pages a second, end to end: ``zhiquan crawl`` with all its curation against the peer.

``python -m tests.benchmarks.crawl_speed [PAGES]`` prints both and their ratio.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = """
[[source]]
id = "bench"
name = "bench"
trust = "own"
start = ["{start}"]
deny = ["/out/"]
private = true
delay = 0
connections = 8
"""


def run(*words: str) -> float:
    """How many seconds the command took."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True)
    return time.monotonic() - started


def main() -> None:
    """Ours and the peer's in turn, on the same site."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    site = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.crawl_site", str(pages)],
        stdout=subprocess.PIPE,
        text=True,
    )
    start = site.stdout.readline().strip() if site.stdout else ""
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            sources = folder / "sources.toml"
            sources.write_text(SOURCE.format(start=start), encoding="utf-8")
            database = f"sqlite:///{folder / 'bench.db'}"
            crawl = ("crawler.cli", "crawl", "--sources", str(sources), "--database", database)
            ours = run(*crawl)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            peer = run("tests.benchmarks.crawl_peer", start, str(folder / "peer.jsonl"))
            got = len((folder / "peer.jsonl").read_text(encoding="utf-8").splitlines())
    finally:
        site.kill()
        site.wait()
    print(f"zhiquan: {pages / ours:.1f} pages/s; peer: {got / peer:.1f} pages/s ({got} pages)")
    print(f"ratio {peer / ours * pages / max(got, 1):.2f}; peak of one process {peak:.0f} MB")


if __name__ == "__main__":
    main()
