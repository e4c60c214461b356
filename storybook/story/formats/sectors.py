"""A guess at an agency's sector from its name, for files that do not say it. A person looks at it afterwards."""

from __future__ import annotations

import re
from typing import Final

#: Sector -> words in an agency's name, looked for in this order.
_WORDS: Final = (
    ("mental-health", r"mental|psychiatr|crisis team|cmht|camhs|iapt|talking therap"),
    ("drug-alcohol", r"drug|alcohol|substance|recovery|needle|methadone"),
    ("domestic-abuse", r"domestic|refuge\b|women'?s aid|idva|haven\b|sexual violence|rape crisis"),
    ("childrens-services", r"child|early help|family hub|safeguarding children|looked after"),
    ("education", r"school|college|education|nursery|universit|academy"),
    ("police", r"police|constabular"),
    ("fire", r"\bfire\b"),
    (
        "justice",
        r"court|prison|probation|\bhmp\b|youth offending|\byot\b|crown prosecution|\bcrc\b|bail|custody",
    ),
    (
        "health",
        r"hospital|\bnhs\b|\bgp\b|surgery|a&e|accident|ambulance|clinic|health|midwi|dentist|pharmac|doctor|ward\b|nurs",
    ),
    ("adult-social-care", r"social care|adult social|social work|social services|adult safeguarding"),
    (
        "housing",
        r"hous|homeless|hostel|shelter|tenan|landlord|lettings|night ?stop|foyer|outreach|accommodation",
    ),
    ("benefits-work", r"job ?cent|dwp|benefit|employment|universal credit|work programme|pensions"),
    ("advice-law", r"advice|solicitor|\blaw\b|legal|citizens|advoca"),
    ("faith", r"church|mosque|temple|faith|salvation army|gurdwara|synagogue|cathedral"),
    ("council", r"council|local authority|libra|registrar|environmental"),
    ("voluntary", r"charit|trust|voluntar|community|food ?bank|association|foundation|mind\b|project"),
)


def sector_of(name: str) -> str:
    """The sector that ``name`` sounds like; "other" if it sounds like none."""
    low = name.lower()
    return next((sector for sector, words in _WORDS if re.search(words, low)), "other")
