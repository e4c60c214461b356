"""The agencies of the synthetic city: fictional, of the sectors that sit on a board like the programme's.

Example stories map their lanes to these names (``Agency.dataset_agency``); the generator makes rows for them.
Sectors are codes of ``storybook.story.vocabulary``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CityAgency:
    """A fictional agency: its ``name``, as rows have it, and its ``sector``, a code of the vocabulary."""

    name: str
    sector: str


_BY_SECTOR: Final = {
    "housing": (
        "Council Housing Options",
        "Millrace Homes",
        "Lantern House Hostel",
        "Streetlight Outreach",
        "Keystone Supported Lettings",
    ),
    "health": (
        "City Hospital A&E",
        "City Hospital Wards",
        "Ambulance Service",
        "Weir Street Surgery",
        "Community Nursing Team",
    ),
    "mental-health": ("Mental Health Crisis Team", "Community Mental Health Team", "Talking Therapies"),
    "drug-alcohol": ("Tideway Drug and Alcohol Service", "Alcohol Liaison Nurses"),
    "adult-social-care": ("Adult Social Care",),
    "childrens-services": ("Children's Social Care", "Early Help Family Hub"),
    "education": ("City College",),
    "domestic-abuse": ("Harbour Domestic Abuse Support",),
    "police": ("City Police", "Police Custody Suite"),
    "fire": ("Fire and Rescue Service",),
    "justice": ("Probation Service", "Magistrates' Court", "Elmfield Prison"),
    "benefits-work": ("Jobcentre", "Housing Benefit Office"),
    "advice-law": ("Citizens' Advice Desk", "Northgate Law Centre"),
    "council": ("Community Safety Team", "Welfare Reform Team"),
    "voluntary": ("Open Table Day Centre", "Larder Food Bank", "Stepping Stones Peer Mentors"),
    "faith": ("St Aldhelm's Night Shelter",),
}

AGENCIES: Final = tuple(CityAgency(name, sector) for sector, names in _BY_SECTOR.items() for name in names)
