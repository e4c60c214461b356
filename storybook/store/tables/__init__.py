"""Every table, so that one import knows the whole schema."""

from .accounts import AccountRoles, RoleRow, StoryRoleRow, UserRow
from .base import metadata
from .review import CandidateRow, ConsentRow, EditionRow, ExportRow, LedgerRow, SignOffRow
from .stories import AgencyRow, ContactRow, EpisodeRow, GapRow, PersonRow, PointRow, StoryRow, TrackRow
from .work import AuditRow, JobRow, RealNameRow

__all__ = [
    "AccountRoles",
    "AgencyRow",
    "AuditRow",
    "CandidateRow",
    "ConsentRow",
    "ContactRow",
    "EditionRow",
    "EpisodeRow",
    "ExportRow",
    "GapRow",
    "JobRow",
    "LedgerRow",
    "PersonRow",
    "PointRow",
    "RealNameRow",
    "RoleRow",
    "SignOffRow",
    "StoryRoleRow",
    "StoryRow",
    "TrackRow",
    "UserRow",
    "metadata",
]
