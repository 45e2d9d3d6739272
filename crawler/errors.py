"""The exception tree of Zhiquan.

CurationError                  root: every fault this project reports to a person
├── InputError                 a file, manifest or address the user gave cannot be used
├── SeedError                  seeds/ breaks its own rules; carries every fault found
├── StoreError                 the database cannot be opened, read or written
│   ├── StoreAddressError      the address is none, or an engine's that is not supported
│   └── MigrationError         the schema is newer or older than this program
├── ConfigError                a setting has a value that cannot be used
└── DecisionError              a curator's decision cannot be made as asked
    └── StaleDecisionError     the page changed since the person looked at it

Each message names the file or address, the offending value and the remedy, in one line.
Expected outcomes, such as a rejected page, are values and not exceptions.
"""

from __future__ import annotations

from collections.abc import Sequence


class CurationError(Exception):
    """A fault to be shown to a person as one clear line."""


class InputError(CurationError):
    """A file, manifest or address given by the user cannot be used."""


class SeedError(CurationError):
    """The reference data breaks its own rules.

    ``faults`` holds one line for each fault, in the form ``file: key: what``.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class StoreError(CurationError):
    """The database cannot be opened, read or written."""


class StoreAddressError(StoreError):
    """The database's address is none, or names an engine that is not supported."""


class MigrationError(StoreError):
    """The database schema does not fit this version of the program."""


class ConfigError(CurationError):
    """A setting has a value that cannot be used."""


class DecisionError(CurationError):
    """A curator's decision cannot be made as asked."""


class StaleDecisionError(DecisionError):
    """The page or the decisions on it changed since the person looked at it."""
