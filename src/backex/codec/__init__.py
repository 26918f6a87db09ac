"""Storage: canonical JSON for every value, digests that pin what a value means, logs and audits.

The only part of backex that knows cattrs and JSON; it is loaded when it is imported, not with
`backex`. Documents are refused whole or loaded whole: nothing is coerced, defaulted or skipped.
"""

from __future__ import annotations

from backex.codec.audit import audit
from backex.codec.embedding import SupportsHooks, install, structure, unstructure
from backex.codec.kinds import FORMAT, KINDS
from backex.codec.log import LogWriter, Recovered, log_line, recover
from backex.codec.problems import Code
from backex.codec.schema import schema
from backex.codec.storing import digest, dumps, loads, loads_any

__all__ = [
    "FORMAT",
    "KINDS",
    "Code",
    "LogWriter",
    "Recovered",
    "SupportsHooks",
    "audit",
    "digest",
    "dumps",
    "install",
    "loads",
    "loads_any",
    "log_line",
    "recover",
    "schema",
    "structure",
    "unstructure",
]
