"""What says little alone, and together with other things may point at somebody: counts, illnesses, courts and the like.

The faintest tier, by general rules that find much and are often wrong: nobody has to decide on these one by one. What
every story holds is left out: doses, scores, small sums, whole shares, weeks and months, times of day, the courts that
every town has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .engine import beside
from .engine import find_identifiers as find_surer
from .findings import Confidence, Finding, What
from .names import Names
from .scan import scan
from .tokens import tokens

_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[\s\-](?:{_ONES}))?"
)
_SAID: Final = rf"(?:{_TENS}|{_TEENS}|{_ONES}|(?:(?:an?|{_ONES}|{_TEENS}) )?(?:hundred|thousand|million)s?)"
_FIGURES: Final = r"\d{1,3}(?:[,.\s]\d{3})+|\d+(?:[.,]\d+)?"
_NUMBER: Final = rf"(?:{_FIGURES}|{_SAID})"
#: What is counted in every story and tells nothing: doses, sessions, what is bought.
_EVERYDAY: Final = (
    r"(?:mg|mcg|ml|mil|g|units?|tablets?|tabs|caps|puffs?|sachets?|times|sessions?|appointments?|calls?|texts?"
    r"|attempts?|steps?|pages?|points?|questions?|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|weeks?|wks?"
    r"|months?|mths?|years?|yrs?|pm|am|miles?|metres?|quid|pounds|pence|others|rooms?|beds?|bags?|cans?|pints?|fags?|teas"
    r"|soups?|is|was|has|his|this|us|as|its|plus|less|across|press|always|perhaps|does|goes|says|sms|gives|means)"
)


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MANY: Final = (
    r"(?:\d{1,3}(?:[,\s]\d{3})+|(?!(?:19|20)\d\d\b)[1-9]\d{1,3}|[5-9]"
    rf"|{_TENS}|{_TEENS}|five|six|seven|eight|nine)"
)
_SMALL_WORDS: Final = (
    r"(?:and|or|of|the|to|in|on|at|by|as|an?|who|that|this|these|those|is|was|were|are|for|from|with|when|then|but"
    r"|which|where|if|so|until|till|after|before|his|her|its|their|our|my|no|not|some|more)"
)
#: Things and people by their number: "seventy-one hearings", "ten plots of land", "22,000 ecstasy tablets".
_COUNTED: Final = re.compile(
    r"(?<![\w.,:/£$€#\-])(?<!no\. )(?<!nos\. )(?<!step )(?<!page )(?<!rule )(?<!week )(?<!level )"
    rf"(?P<id>{_MANY}\s(?:(?!(?:{_EVERYDAY}|{_SMALL_WORDS})\b)[a-z][a-z\-]+\s){{0,2}}?"
    rf"(?!(?:{_EVERYDAY}|{_SMALL_WORDS})\b)[a-z][a-z\-]{{2,}}(?<!s)s(?:\sof\s(?!{_SMALL_WORDS}\b)[a-z]{{3,}})?)\b"
)
#: Shares to the decimal and from one to another; a whole one ("96%") is in every report.
_SHARE: Final = _p(
    r"(?<![\w.,£$€])\d{1,3}(?:\s?%)?\s?(?:to|and|[\-–])\s?\d{1,3}\s?(?:%|per\s?cent\b)"
    r"|(?<![\w.,£$€])\d{1,3}[.,]\d{1,3}\s?(?:%|per\s?cent\b)"
)
_FOREIGN: Final = (
    r"(?:EUR|USD|TRL|TRY|YTL|PLN|PLZ|SEK|NOK|DKK|CHF|FRF|DEM|ATS|RUB|UAH|CZK|HUF|RON|ROL|BGN|ITL|ESP|GBP|CYP|SKK"
    r"|HRK|LTL|LVL|GRD|FIM|NLG|BEF|IEP)"
)
_MONEY: Final = re.compile(
    rf"(?<!\w)(?:{_FOREIGN}\s?\d[\d,.]*(?<![.,])|(?:{_FIGURES}|(?i:{_SAID}))\s(?:(?:[A-Z][a-z]+\s){{0,2}}"
    r"(?i:euros?|dollars|liras?|kronor|kroner|zlotys?|francs?|marks|roubles|rubles|forints?|schillings"
    r"|pounds sterling)"
    rf"|{_FOREIGN}\b))(?:\s?[(\[][^()\[\]\n]{{0,60}}[)\]])?"
)
#: How long something went on, told in years or to the day; weeks and months are in every story.
_SPELL: Final = _p(
    rf"(?<![\w.,:/£$€\-])(?:\d{{1,3}}|{_SAID})[\s\-](?:years?|days?)"
    r"(?:\s(?:and|,)\s(?:a\shalf|(?:\d{1,2}|[a-z]+)\s(?:months?|weeks?|days?)))?\b(?!\s?(?:of age|old\b))"
)
_SPELL_SAID: Final = _p(
    r"(?:\b(?:for|within|after|of|over|further|last(?:ed|ing)|about|nearly|almost|by|least|than|next|past|every|a|the"
    r"|to|spent|waited|took|some|another|only|total(?:ling)?)\s)$"
)
_MEASURED: Final = _p(
    rf"(?<![\w.,£$€])(?:about\s|approximately\s|some\s)?(?:{_FIGURES})(?:\s?x\s?(?:{_FIGURES}))?\s?"
    r"(?:mm|cm|metres?|meters?|kilometres?|kilometers?|km|m²|m2|sq(?:uare)?\.? ?m(?:etres)?|hectares?|acres?"
    r"|tonn?es|kilos?|kilogram(?:me)?s)\b"
)
_ILL_ENDS: Final = (
    "algia|opia|opathy|plegia|paresis|phrenia|ectomy|otomy|sclerosis|arthrosis|arthritis"
    "|dystrophy|carcinoma|lymphoma|leukaemia|leukemia|meningitis|encephalitis|hepatitis|pancreatitis|nephritis"
    "|neuropathy|psychosis|neurosis|stenosis|fibrosis|cirrhosis|thrombosis|tuberculosis|trophy|ischaemia"
)
_ILLNESSES: Final = (
    "sciatica|cancer|tumour|tumor|epilepsy|diabetes|psychotic illness|amputation|paralysis|paralysed|haemorrhage"
    "|aneurysm|blindness|deafness|dementia|hernia|stroke|miscarriage|stillbirth|transplant|dialysis|chemotherapy"
)
#: A word ends so in whatever `_ILL` finds.
_ILL_WORDS: Final = tuple(word.split()[-1] for word in f"{_ILL_ENDS}|{_ILLNESSES}".split("|"))
_PLAIN_WORD: Final = re.compile(r"[a-z]+")
#: Letters that are plain ones to a pattern that takes capitals for small letters, and not to `str.lower`.
_ODD_LETTER: Final = re.compile("[\u0130\u0131\u017f\u212a]")
#: Illnesses and injuries by their ends and by their heads, with the words that make them somebody's.
_ILL: Final = _p(
    r"\b(?:(?!the\b|and\b|of\b|his\b|her\b|with\b|has\b|had\b|was\b|from\b|for\b|by\b|an?\b|in\b|to\b|is\b|as\b|that\b)"
    r"[a-z\-\u2011]{4,40}\s)?"
    rf"(?:[a-z\-\u2011]{{2,40}}(?:{_ILL_ENDS})|{_ILLNESSES})\b"
    r"(?:\s(?:of|in|to)\s(?:(?:the|his|her|both|one|lower|upper|left|right|a)\s){1,4}[a-z]{3,})?"
)
_HURT: Final = _p(
    r"\b(?:(?:\w+ly|severe|total|partial|permanent|multiple|open|strong|lateral|mild)\s){0,2}"
    r"(?:fractures?|loss|burns?|scars?|calcification|degeneration|dislocation|rupture|amputation|wounds?)\s"
    r"(?:of|to|in|on)\s(?:(?:the|his|her|both|one|lower|upper|left|right|4th|vision|sight|hearing|in)\s){0,5}"
    r"(?:vision|sight|hearing|leg|arm|knee|kneecap|eye|eyes|ear|ears|hand|foot|finger|skull|spine|vertebra"
    r"|tibia|femur|fibula|patella|jaw|hip|pelvis|ribs?|shoulder|wrist|ankle|face|neck|back|head|limb)\b"
    r"|\b(?:total|permanent|severe|partial)\s(?:disability|invalidity|incapacity)\b"
)
#: What somebody is, where no article leads to it: "Governor of ...", "as manager", "the editor-in-chief".
_OFFICE: Final = re.compile(
    r"\b(?:(?:[Dd]eputy|[Aa]ssistant|[Ss]enior|[Cc]hief|[Vv]ice|[Aa]cting|[Ff]ormer|[Hh]ead|[Ll]ocal|[Ee]xecutive)\s)+"
    r"(?:[Ee]xecutive\s)?(?:[Ee]xecutive|[Oo]fficer|[Pp]rofessor|[Ee]ditor|[Pp]rincipal|[Cc]onstable|[Cc]oach"
    r"|[Dd]irector|[Mm]inister|[Pp]resident|[Gg]overnor|[Mm]ayor|[Cc]hairman|[Ll]ecturer|[Ss]urgeon|[Ee]ngineer)\b"
    r"|\b(?:Governor|Commissioner|Director|President|Minister|Mayor|Ombudsman|Rector|Dean|Chairman|Ambassador)\s"
    r"(?:General\s)?(?:of|for)\s(?:the\s)?[A-Z][\w’'\-]+(?:\s(?:(?:of|and|for|the)\s){0,2}[A-Z][\w’'\-]+){0,4}"
    r"|\b(?:owner|co-owner|founder|managing director|president|chairman|editor-in-chief|student|teacher|researcher"
    r"|shareholder|headmaster|headmistress)\s(?:of|at|in)\s(?:an?|the)\s(?:[a-z\-]+\s){0,2}[a-z\-]{4,}\b"
)
#: Courts, ministries and their parts by their heads; those that every town has are left out.
_HEAD: Final = (
    r"(?:Court|Tribunal|Chamber|Division|Section|Ministry|Parliament|Council|Assembly|Senate|Commission|Committee"
    r"|Army|Inspectorate|Directorate|Bureau|Authority|Office|Institute|Faculty|Fund|Republic|Institution"
    r"|Prosecutor|Treasury|Federation|Union|Academy)"
)
_CAPITAL: Final = r"[A-Z][^\W\d_]{1,40}(?:[’'\-][^\W\d_]{1,40}){0,6}[’']?"
_SMALL: Final = r"(?:of(?:\sthe)?|for(?:\sthe)?|and)"
_BODY: Final = re.compile(
    rf"(?<!\w)(?!(?:The|In|On|At|For|And|To|Of|By|Before)\s)"
    rf"(?P<first>(?:(?:[1-9]\d?(?:st|nd|rd|th)|{_CAPITAL})\s)(?:(?:{_CAPITAL}|{_SMALL})\s){{0,5}})?{_HEAD}(?!\w)"
    rf"(?P<rest>\s(?:of|for|in|on)\s(?:the\s)?{_CAPITAL}(?:\s(?:{_SMALL}\s){{0,2}}{_CAPITAL}){{0,5}})?"
    r"(?P<said>\s\([^()\n\d§]{3,90}\))?"
)
_TOWN: Final = re.compile(
    r"(?:(?:the|The|A|a|His|Her|Our)\s)?(?:\w+\s)?(?:(?:Crown|County|Family|High|Youth|Magistrates?['’]?s?['’]?|Coroner['’]?s?['’]?"
    r"|City|Borough|District|Parish|Town|Sheriff|Local|Care Quality|Charity|Housing|Job|Head|Home|Post|Front|Back"
    r"|Rent|Box|Main|Council|Benefits?|Ticket|Adults?|Children['’]?s?|European|Student|Credit|Rugby|Trade"
    r"|Sorting)\s)+"
    r"(?:Court|Council|Commission|Office|Union|Authority|Section|Chamber|Army|Academy)"
    r"|(?:Court|Office|Section|Council|Union|Committee|Commission|Division|Fund|Authority|Institute|Bureau|Army|Tribunal"
    r"|Academy|Assembly|Federation|Prosecutor|Treasury|Chamber|Faculty|Parliament|Republic|Institution|Senate)"
)
#: Letters that the text explains: "the Social Insurance Office (ZUS)", "(hereafter “the WPA”)".
_LETTERS: Final = re.compile(
    r"\((?:(?:the|hereafter|hereinafter|“|\"|the|:)\s?)*[“\"‘']?(?:the\s)?([A-ZÀ-Ž][A-ZÀ-Ž\-]{2,9})[”\"’']?\)"
    r"|\b([A-Z][A-Z\-]{2,7})\s\((?:the\s)?[A-Z][a-z]"
)
_CITED: Final = re.compile(
    r"\[(?:19|20)\d\d\]\s(?:\d\s)?[A-Z][A-Za-z. ]{1,8}\s\d{1,5}\b"
    r"|\b[A-Z]{3}\s(?:19|20)\d\d\s(?:p\.|s\.|nr|no\.)\s?\d{1,5}\b"
    r"|(?<![\w:])(?:1[89]|20)\d\d:\d{2,4}\b"
)


def find_identifiers(text: str, *, known: Names | None = None, fast: bool = False) -> list[Finding]:
    """What in ``text`` may identify somebody, in the order it stands in, the faintest too (``Confidence.FAINT``).

    ``known``: names the story has already, carried through the text in all their forms; its agencies and pseudonyms are
    left alone. ``fast`` leaves the language model out: milliseconds, for use while somebody types. Spans count
    code points of ``text``. Rare facts, which no list holds, come from ``find_prompts``.
    """
    known = known or Names()
    faint = (Finding(*match) for detector in DETECTORS for match in detector(text))
    own = known.own(tokens(text)) if known.agencies or known.pseudonyms else []
    left = (f for f in faint if not any(start <= f.start and f.end <= end for start, end in own))
    return beside(text, find_surer(text, known=known, fast=fast), left)


def counts(text: str) -> Iterator[Match]:
    """Things counted, shares, measures, and money in another currency."""
    for match in scan(_COUNTED, text):
        yield What.AMOUNT, *match.span(), Confidence.FAINT
    for pattern in (_SHARE, _MONEY, _MEASURED):
        for match in scan(pattern, text):
            yield What.AMOUNT, *match.span(), Confidence.FAINT


def spells(text: str) -> Iterator[Match]:
    """How long things went on, where a word before says that it is a length of time."""
    for match in scan(_SPELL, text):
        if _SPELL_SAID.search(text, max(0, match.start() - 16), match.start()):
            yield What.SPELL, *match.span(), Confidence.FAINT


def health(text: str) -> Iterator[Match]:
    """Illnesses and injuries."""
    ill = scan(_ILL, text) if _may_tell_illness(text) else ()
    for match in (*ill, *scan(_HURT, text)):
        yield What.ILLNESS, *match.span(), Confidence.FAINT


def _may_tell_illness(text: str) -> bool:
    """Whether a word ends as illnesses do: to ask that is quicker than to look for them."""
    words = set(_PLAIN_WORD.findall(text.lower()))
    return any(word.endswith(_ILL_WORDS) for word in words) or _ODD_LETTER.search(text) is not None


def offices(text: str) -> Iterator[Match]:
    """Posts that people hold."""
    for match in scan(_OFFICE, text):
        yield What.TRADE, *match.span(), Confidence.FAINT


def bodies(text: str) -> Iterator[Match]:
    """Courts, ministries and their parts; letters that the text itself explains; cases by their citation."""
    for match in scan(_BODY, text):
        if (match["first"] or match["rest"] or match["said"]) and not _TOWN.fullmatch(match.group()):
            yield What.ORG, *match.span(), Confidence.FAINT
    letters = {found[0] or found[1] for found in _LETTERS.findall(text)}
    if letters:
        for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(letters)))})\b", text):
            yield What.ORG, *match.span(), Confidence.FAINT
    for match in scan(_CITED, text):
        yield What.REFERENCE, *match.span(), Confidence.FAINT


DETECTORS: Final[tuple[Detector, ...]] = (counts, spells, health, offices, bodies)
