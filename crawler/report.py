"""One page that tells what crawl runs brought: numbers, small charts, every fault; no scripts.

A finished run's numbers are kept with the run, so that its report can be drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from crawler.vocabulary import Label

_STYLE = """
:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem}h2{margin-top:2.5rem}table{border-collapse:collapse;width:100%}
td,th{padding:.2rem .6rem .2rem 0;text-align:left;vertical-align:top}td.n{text-align:right;
font-variant-numeric:tabular-nums;width:6rem}.warn{color:#b3261e;font-weight:600}
@media(prefers-color-scheme:dark){.warn{color:#ff8a80}}svg{display:block;max-width:100%}
rect{fill:#3b6ea5}@media(prefers-color-scheme:dark){rect{fill:#8ab4f8}}
.chart{table-layout:fixed}.chart td:first-child{width:45%}small{opacity:.75}
li{overflow-wrap:anywhere}
"""
_BAR = 240  # width of the longest bar, in CSS pixels
_MAX_FAULTS = 500  # faults listed for one source; the number of all is told


@dataclass(frozen=True, slots=True)
class RunReport:
    """One source's run in numbers. ``expected`` is 0 when the source expects nothing."""

    source: str
    name: str
    run: int
    finished: bool
    fetched: int
    known: int
    kept: int
    expected: int
    outcomes: Mapping[str, int]
    rejected: Mapping[str, int]
    removed: Mapping[str, int]
    duplicates: int
    faults: Sequence[str]
    fault_count: int = 0  # when ``faults`` holds only the first of them

    @property
    def shortfall(self) -> int:
        """How many kept pages a finished run lacks of what its source declares; 0 is enough."""
        return max(0, self.expected - self.kept) if self.finished else 0


def encode_run(run: RunReport) -> dict[str, object]:
    """What is kept with a finished run: everything its report shows."""
    return {
        "name": run.name,
        "fetched": run.fetched,
        "known": run.known,
        "kept": run.kept,
        "expected": run.expected,
        "shortfall": run.shortfall,
        "outcomes": dict(run.outcomes),
        "rejected": dict(run.rejected),
        "removed": dict(run.removed),
        "duplicates": run.duplicates,
        "fault_count": run.fault_count or len(run.faults),
        "faults": list(run.faults[:_MAX_FAULTS]),
    }


def decode_run(source: str, run: int, kept: Mapping[str, Any] | None) -> RunReport:
    """The report of a run from what was kept with it; ``None`` when it was not finished."""
    known = kept or {}
    outcomes = known.get("outcomes", {})
    return RunReport(
        source=source,
        name=known.get("name", source),
        run=run,
        finished=kept is not None,
        fetched=known.get("fetched", sum(outcomes.values())),
        known=known.get("known", 0),
        kept=known.get("kept", 0),
        expected=known.get("expected", 0),
        outcomes=outcomes,
        rejected=known.get("rejected", {}),
        removed=known.get("removed", {}),
        duplicates=known.get("duplicates", 0),
        faults=tuple(known.get("faults", ())),
        fault_count=known.get("fault_count", 0),
    )


Labels = Mapping[str, Mapping[str, Label]]


def render_report(runs: Sequence[RunReport], at: datetime, labels: Labels) -> str:
    """The report as one HTML page without any outside asset.

    ``labels`` tell what outcomes and reasons are called, as ``load_labels`` gives them.
    """
    parts = "".join(_section(run, labels) for run in runs)
    when = escape(f"{at:%Y-%m-%d %H:%M %Z}")
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>抓取报告 Crawl report</title>'
        f"<style>{_STYLE}</style><h1>抓取报告 <small>Crawl report</small></h1><p>{when}</p>"
        f"{parts}</html>\n"
    )


def _section(run: RunReport, labels: Labels) -> str:
    state = (
        "" if run.finished else '<p class="warn">中断,下次继续 Interrupted; continues next run</p>'
    )
    short = (
        f'<p class="warn">低于预期 {run.expected} 篇 Fewer than the {run.expected} expected</p>'
        if run.shortfall
        else ""
    )
    expected = f" / {run.expected}" if run.expected else ""
    rows = (
        ("本次抓取 Fetched", str(run.fetched)),
        ("已知地址 Known addresses", str(run.known)),
        ("保留文章 Kept (预期 expected)", f"{run.kept}{expected}"),
        ("重复文章 Duplicates", str(run.duplicates)),
    )
    table = "".join(f'<tr><th>{name}<td class="n">{value}' for name, value in rows)
    return (
        f"<h2>{escape(run.name)} <small>{escape(run.source)} #{run.run}</small></h2>{state}{short}"
        f"<table>{table}</table>"
        + _chart("结果 Outcomes", run.outcomes, labels["fetched"])
        + _chart("拒收原因 Rejected", run.rejected, labels["rejection"])
        + _chart("移除的内容 Removed blocks", run.removed, labels["removal"])
        + _faults(run.faults, run.fault_count)
    )


def _chart(title: str, counts: Mapping[str, int], labels: Mapping[str, Label]) -> str:
    """A table with a bar for each number; nothing when there are none."""
    if not counts:
        return ""
    longest = max(counts.values()) or 1
    rows = "".join(
        f'<tr><td>{_called(name, labels)}<td class="n">{count}<td>'
        f'<svg width="{_BAR}" height="12" viewBox="0 0 {_BAR} 12" preserveAspectRatio="none"'
        f' role="img" aria-label="{count}">'
        f'<rect width="{max(1, round(_BAR * count / longest))}" height="12"/></svg>'
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return f'<h3>{title}</h3><table class="chart">{rows}</table>'


def _called(value: str, labels: Mapping[str, Label]) -> str:
    """What a value is called in both languages; itself where a later version stored it."""
    label = labels.get(value)
    if label is None:
        return escape(value)
    return f"{escape(label.zh)} <small>{escape(label.en)}</small>"


def _faults(faults: Sequence[str], count: int) -> str:
    if not faults:
        return ""
    items = "".join(f"<li>{escape(fault)}" for fault in faults[:_MAX_FAULTS])
    return f"<h3>故障 Faults ({count or len(faults)})</h3><ul>{items}</ul>"
