"""A record of a decision for an audit trail: what was decided, from what, by which versions.

`backex.codec.audit` makes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import final

from attrs import field, frozen

from backex.checks import NAME, AwareTime, Exactly, Integer, Optional, Text
from backex.decision import Decision
from backex.symptoms import utc

__all__ = ["Audit"]

_DIGEST = Text(limit=71, single_line=True)


@final
@frozen(kw_only=True)
class Audit:
    """A decision with digests of all that it depends on.

    Whoever has the policy, the entries and the baseline can decide again and compare.
    """

    #: The decision.
    decision: Decision = field(validator=Exactly(Decision))
    #: Digest of the decision.
    decision_digest: str = field(validator=_DIGEST)
    #: Digest of the policy. None: there was none.
    policy_digest: str | None = field(validator=Optional(_DIGEST))
    #: Digest of the baseline. None: there was none.
    baseline_digest: str | None = field(validator=Optional(_DIGEST))
    #: Digest over the canonical documents of the entries, in the order of the log.
    entries_digest: str = field(validator=_DIGEST)
    #: How many entries there were, equal ones counted once.
    entry_count: int = field(validator=Integer(0, 1_000_000_000))
    #: The version of backex that decided.
    backex_version: str = field(validator=NAME)
    #: The version of the format that the digests are over.
    format_version: int = field(validator=Integer(1, 1_000_000))
    #: When, as the app says, kept in UTC. None: not recorded.
    at: datetime | None = field(default=None, converter=utc, validator=Optional(AwareTime()))
