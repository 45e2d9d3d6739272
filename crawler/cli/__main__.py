"""``python -m crawler.cli``: the same as ``zhiquan``."""

from crawler.cli import main

main(prog_name="zhiquan")
