"""Crawl runs as numbers for Prometheus: in the API's metrics, or as a file beside a crawl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from crawler.errors import ConfigError
from crawler.report import decode_run
from crawler.store.runs import PastRun

_GAUGES = {
    "zhiquan_crawl_started_seconds": "When the source's newest run began, as Unix time.",
    "zhiquan_crawl_finished_seconds": "When the source's newest finished run ended.",
    "zhiquan_crawl_addresses": "Addresses settled by that run, by outcome.",
    "zhiquan_crawl_kept_pages": "Pages worth publishing that the source has.",
    "zhiquan_crawl_expected_pages": "Kept pages that the source declares at least.",
    "zhiquan_crawl_rejected_pages": "Pages that run rejected, by reason.",
    "zhiquan_crawl_faults": "Addresses of that run that failed, are gone or were skipped.",
}


def run_lines(newest: Iterable[PastRun], finished: Iterable[PastRun]) -> Iterator[str]:
    """The metrics in Prometheus' text format: of each source's newest and newest finished run."""
    samples: dict[str, list[str]] = {name: [] for name in _GAUGES}

    def add(name: str, number: float, source: str, **labels: str) -> None:
        all_labels = {"source": source, **labels}
        inner = ",".join(f'{label}="{_escaped(value)}"' for label, value in all_labels.items())
        samples[f"zhiquan_crawl_{name}"].append(f"zhiquan_crawl_{name}{{{inner}}} {number:.15g}")

    for run in newest:
        add("started_seconds", run.started_at.timestamp(), run.source)
    for run in finished:
        told = decode_run(run.source, run.run, run.summary)
        if run.finished_at is not None:
            add("finished_seconds", run.finished_at.timestamp(), run.source)
        add("kept_pages", told.kept, run.source)
        add("expected_pages", told.expected, run.source)
        add("faults", told.fault_count, run.source)
        for outcome, number in sorted(told.outcomes.items()):
            add("addresses", number, run.source, outcome=outcome)
        for reason, number in sorted(told.rejected.items()):
            add("rejected_pages", number, run.source, reason=reason)
    for name, lines in samples.items():
        if lines:
            yield f"# HELP {name} {_GAUGES[name]}"
            yield f"# TYPE {name} gauge"
            yield from lines


def write_metrics(path: Path, newest: Iterable[PastRun], finished: Iterable[PastRun]) -> None:
    """Write the metrics for node_exporter's textfile collector, whole or not at all.

    Raises ``ConfigError`` for a path that cannot be replaced by a file.
    """
    if path.exists() and not path.is_file():
        raise ConfigError(f"{path}: is not a file; give another path for the metrics")
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text("".join(f"{line}\n" for line in run_lines(newest, finished)), "utf-8")
        partial.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
