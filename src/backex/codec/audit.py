"""Decisions turned into records for an audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from backex import __version__
from backex.auditing import Audit
from backex.codec.kinds import FORMAT
from backex.codec.storing import digest
from backex.stopping import Entry, StoppingPolicy, decide, log_order
from backex.symptoms import SymptomReport

__all__ = ["audit"]


def audit(
    policy: StoppingPolicy | None,
    entries: Iterable[Entry],
    *,
    baseline: SymptomReport | None = None,
    at: datetime | None = None,
) -> Audit:
    """Decide, and return the decision with digests of all that it depends on.

    The order of the entries and exact duplicates change nothing, as they do not for `decide`.

    Raises:
        ConflictingClearance: two different clearances have the same check-in and seq.

    >>> audit(None, []).decision.action.value
    'hold'
    """
    ordered = sorted(set(entries), key=lambda entry: (log_order(entry), digest(entry)))
    decision = decide(policy, ordered, baseline=baseline)
    digests = "".join(digest(entry) for entry in ordered)
    return Audit(
        decision=decision,
        decision_digest=digest(decision),
        policy_digest=None if policy is None else digest(policy),
        baseline_digest=None if baseline is None else digest(baseline),
        entries_digest="sha256:" + hashlib.sha256(digests.encode()).hexdigest(),
        entry_count=len(ordered),
        backex_version=__version__,
        format_version=FORMAT,
        at=at,
    )
