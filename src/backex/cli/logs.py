"""What a log is to the commands that decide by one."""

from __future__ import annotations

from collections.abc import Iterable

from backex.cli.printing import note
from backex.cli.sources import CannotRun
from backex.plan import Plan, SessionRecord
from backex.stopping import Entry
from backex.symptoms import Clearance, SymptomReport
from backex.wording import listed

__all__ = ["KEPT", "records_for"]

#: What a log may hold.
KEPT: tuple[type[SessionRecord | Entry], ...] = (SessionRecord, SymptomReport, Clearance)
#: So many items are named, which is enough to tell whose log it is.
_NAMED = 5


def records_for(plan: Plan, kept: Iterable[SessionRecord | Entry]) -> tuple[SessionRecord, ...]:
    """Return a log as records; a report or a clearance by itself is a record of its check-in.

    Items that the plan lacks are told, for what was done of them counts for nothing.

    Raises:
        CannotRun: things were done, and none of them is of the plan.
    """
    records = tuple(
        each
        if isinstance(each, SessionRecord)
        else SessionRecord(checkin=each.checkin, entries=(each,))
        for each in kept
    )
    done = {item for record in records for item in record.completed}
    unknown = sorted(done - {item.id for item in plan.routine.items})
    if unknown:
        more = ["others"] if len(unknown) > _NAMED else []
        names = listed([*unknown[:_NAMED], *more])
        if len(unknown) == len(done):
            hint = "one log is for one person and one plan"
            raise CannotRun(f"the log is of another plan: it has {names}", hint)
        note(f"the log has what the plan lacks, which is passed over: {names}")
    return records
