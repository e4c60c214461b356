"""Every table, so that one import knows the whole schema."""

from .accounts import AccountRoles, RoleRow, StoryRoleRow, UserRow
from .base import metadata
from .people import CardRow, DownloadRow, OtherRow, PermissionRow
from .review import CandidateRow, ConsentRow, EditionRow, ExportRow, LedgerRow, RiskRow, SignOffRow
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
    "DownloadRow",
    "EditionRow",
    "EpisodeRow",
    "ExportRow",
    "GapRow",
    "JobRow",
    "KeptColumnRow",
    "LedgerRow",
    "OtherRow",
    "PermissionRow",
    "PersonRow",
    "PointRow",
    "RealNameRow",
    "RiskRow",
    "RoleRow",
    "SignOffRow",
    "StoryRoleRow",
    "StoryRow",
    "TrackRow",
    "UserRow",
    "metadata",
]
