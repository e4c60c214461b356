"""Every table, so that one import knows the whole schema."""

from .accounts import AccountRoles, RoleRow, StoryRoleRow, UserRow
from .base import metadata
from .findings import DecisionRow, LookRow
from .governance import GovernanceRow
from .people import CardRow, DownloadRow, OtherRow, PermissionRow
from .rehearsal import RehearsalRow
from .review import (
    CandidateRow,
    ConsentRow,
    EditionRow,
    ExportRow,
    LeadAskRow,
    LedgerRow,
    RiskRow,
    SignOffRow,
    SuggestionRow,
)
from .stories import AgencyRow, ContactRow, EpisodeRow, GapRow, PersonRow, PointRow, StoryRow, TrackRow
from .work import AuditRow, JobRow, KeptColumnRow, RealNameRow

__all__ = [
    "AccountRoles",
    "AgencyRow",
    "AuditRow",
    "CandidateRow",
    "CardRow",
    "ConsentRow",
    "ContactRow",
    "DecisionRow",
    "DownloadRow",
    "EditionRow",
    "EpisodeRow",
    "ExportRow",
    "GapRow",
    "GovernanceRow",
    "JobRow",
    "KeptColumnRow",
    "LeadAskRow",
    "LedgerRow",
    "LookRow",
    "OtherRow",
    "PermissionRow",
    "PersonRow",
    "PointRow",
    "RealNameRow",
    "RehearsalRow",
    "RiskRow",
    "RoleRow",
    "SignOffRow",
    "StoryRoleRow",
    "StoryRow",
    "SuggestionRow",
    "TrackRow",
    "UserRow",
    "metadata",
]
