"""The states a report begins with: empty, filled in by a host application, or as it was left."""

import msgspec

from supportdesk import clock
from supportdesk.app.flows import report_draft
from supportdesk.app.flows.report_flow import Position, Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.report_state import ReportState
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import Person
from supportdesk.domain.projections import Account, Draft
from supportdesk.replica.reader import Reader

KIND = "report"


class Loaded(msgspec.Struct, frozen=True):
    """`catalogue` is None before the first synchronisation."""

    catalogue: Catalogue | None
    capabilities: Capabilities
    people: tuple[Person, ...]
    drafts: tuple[Draft, ...]


def load(reader: Reader, account_id: str) -> Loaded:
    return Loaded(
        reader.catalogue(account_id),
        reader.capabilities(account_id),
        reader.people(account_id),
        tuple(draft for draft in reader.drafts(account_id) if draft.kind == KIND),
    )


def base(loaded: Loaded, account: Account) -> ReportState:
    """The form as the vendor offers it to this account, without anything said."""
    others = tuple(p for p in loaded.people if p.active and p.id != account.person_id)
    return ReportState(
        ready=loaded.catalogue is not None,
        catalogue=loaded.catalogue or Catalogue(),
        capabilities=loaded.capabilities,
        people=others if Capability.ON_BEHALF in loaded.capabilities else (),
    )


def begun(form: ReportState, prefill: Prefill, *, with_system_info: bool) -> ReportState:
    """What the vendor does not know of the prefill is left out and named in `trouble`."""
    draft, unknown = report_draft.salvage(prefill, form.catalogue)
    draft = msgspec.structs.replace(draft, include_system_info=with_system_info)
    return _fresh(
        form,
        draft_id=clock.uuid7(),
        draft=draft,
        position=Position(),
        saved_at=None,
        trouble="\n".join(unknown),
    )


def resumed(form: ReportState, kept: Draft) -> ReportState:
    """Raises InvalidInput for a draft that cannot be read."""
    draft = report_draft.decode(kept.content)
    step = _in_form(kept.step)
    return _fresh(
        form,
        draft_id=kept.id,
        draft=draft,
        position=Position(step, max(step, _in_form(draft.reached))),
        saved_at=kept.updated_at,
        trouble="",
    )


def _in_form(step: int) -> Step:
    return Step(min(max(step, Step.ABOUT), Step.CHECK))


def _fresh(form: ReportState, **said: object) -> ReportState:
    """Nothing of another report that stood in the form is left."""
    empty = ReportState(
        ready=form.ready,
        catalogue=form.catalogue,
        capabilities=form.capabilities,
        people=form.people,
        focus_turn=form.focus_turn,
    )
    return msgspec.structs.replace(empty, **said)
