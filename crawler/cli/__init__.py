"""The ``zhiquan`` command. Each command loads its own parts, so that ``--help`` is quick."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "batch": ("crawler.cli.batch", "batch"),
    "backup": ("crawler.cli.copying", "backup"),
    "check-seeds": ("crawler.cli.check_seeds", "check_seeds"),
    "compare": ("crawler.cli.compare", "compare_pages"),
    "copy": ("crawler.cli.copying", "copy"),
    "crawl": ("crawler.cli.crawl", "crawl"),
    "dedup": ("crawler.cli.dedup", "dedup"),
    "demo": ("crawler.cli.demo", "demo"),
    "desk": ("crawler.cli.desk", "desk"),
    "export": ("crawler.cli.store", "export"),
    "extract": ("crawler.cli.extract", "extract"),
    "import": ("crawler.cli.store", "import_pages"),
    "pack": ("crawler.cli.pack", "pack"),
    "recurate": ("crawler.cli.recurate", "recurate"),
    "sources": ("crawler.cli.sources", "sources"),
    "serve": ("crawler.cli.serve", "serve"),
}


class _LazyGroup(click.Group):
    """A group that imports a command's module when the command is used or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.command(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhiquan")
def main() -> None:
    """Zhiquan: rights guidance for people behind on online loans in mainland China.

    Exit status: 0 all pages read, 1 some page failed, 2 bad usage.
    """
    from crawler.cli.messages import check_log_format

    check_log_format()
