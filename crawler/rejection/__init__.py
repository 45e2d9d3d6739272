"""Whether an article deserves publication, and if not, why."""

from crawler.rejection.judge import MIN_CHARACTERS, Judge

__all__ = ["MIN_CHARACTERS", "Judge"]
