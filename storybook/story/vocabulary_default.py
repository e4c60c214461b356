"""The Coventry programme's vocabulary.

Needs: the poster's (2017) and, for violence and abuse, the programme's reference to women and girls facing
multiple disadvantage. Multiple needs: the Programme Initiation Document (2018), two or more of five. Sectors:
the partners of the programme's board and the agencies that its case studies name.
"""

from __future__ import annotations

from typing import Final

from .terms import MultipleNeeds, Term, Vocabulary

_NEEDS = {
    "homelessness": "Homelessness",
    "offending": "Offending",
    "drug-alcohol": "Drug and alcohol use",
    "mental-health": "Mental ill-health",
    "worklessness": "Worklessness",
    "violence-abuse": "Violence and abuse",
    "childhood": "Adverse childhood experiences",
}

#: The five of the Programme Initiation Document.
_COUNTED = ("homelessness", "offending", "drug-alcohol", "mental-health", "worklessness")

_SECTORS = {
    "housing": "Housing and homelessness",
    "health": "Health",
    "mental-health": "Mental health",
    "drug-alcohol": "Drug and alcohol services",
    "adult-social-care": "Adult social care",
    "childrens-services": "Children's services",
    "education": "Education",
    "domestic-abuse": "Domestic abuse support",
    "police": "Police",
    "fire": "Fire and rescue",
    "justice": "Courts, prison and probation",
    "benefits-work": "Benefits and work",
    "advice-law": "Advice and law",
    "council": "Other council services",
    "voluntary": "Voluntary and community groups",
    "faith": "Faith groups",
    "other": "Other",
}

_KINDS = {
    "contact": "Contact",
    "asked": "Asked for help",
    "offered": "Offered help",
    "referred": "Referred",
    "assessed": "Assessed",
    "appointment": "Appointment",
    "drop-in": "Dropped in",
    "visit": "Visit",
    "call": "Phone call",
    "letter": "Letter or message",
    "meeting": "Meeting",
    "call-out": "Call-out",
    "arrest": "Arrest",
    "hearing": "Court hearing",
    "custody": "Time in custody",
    "admission": "Stay in hospital",
    "treatment": "Treatment",
    "support": "Support over time",
    "stay": "Place to stay",
    "payment": "Money or goods",
    "decision": "Decision",
    "refused": "The service said no",
    "missed": "Appointment missed",
    "ended": "Support ended",
}

_OUTCOMES = {
    "not-recorded": "Not recorded",
    "helped": "It helped",
    "partly": "It helped in part",
    "no-change": "Nothing changed",
    "worse": "It made things harder",
    "referred-on": "Sent to another service",
    "waiting": "Put on a waiting list",
    "turned-away": "The service said no",
    "not-met": "Nobody met",
    "left": "Left before the end",
    "completed": "Completed",
    "ongoing": "Still going on",
}

_GAP_KINDS = {
    "waiting": "Waiting",
    "turned-away": "Turned away",
    "no-contact": "No contact",
    "ended-by-service": "Contact ended by the service",
    "ended-by-person": "Contact ended by the person",
    "ended-together": "Contact ended by agreement",
    "not-recorded": "Not recorded",
    "not-shared": "Not shared",
}

_HAND_OFF_ENDS = {
    "accepted": "Accepted",
    "returned": "Sent back",
    "no-reply": "No reply",
    "pending": "Not answered yet",
    "not-recorded": "Not recorded",
}


def _terms(words: dict[str, str]) -> tuple[Term, ...]:
    return tuple(Term(code, label) for code, label in words.items())


_DEFAULT: Final = Vocabulary(
    needs=_terms(_NEEDS),
    sectors=_terms(_SECTORS),
    kinds=_terms(_KINDS),
    outcomes=_terms(_OUTCOMES),
    gap_kinds=_terms(_GAP_KINDS),
    hand_off_ends=_terms(_HAND_OFF_ENDS),
    multiple=MultipleNeeds(at_least=2, of=_COUNTED),
)


def default() -> Vocabulary:
    """The programme's vocabulary, used wherever no other is given."""
    return _DEFAULT
