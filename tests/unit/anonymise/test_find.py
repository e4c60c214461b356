"""Everything in a text that may identify somebody is found, whoever wrote it how; ordinary words are left alone."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise import Confidence, Kind, Names, Tier, What, find_identifiers


def found(text: str, known: Names | None = None) -> list[tuple[str, str]]:
    return [(f.kind.value, text[f.start : f.end]) for f in find_identifiers(text, known=known, fast=True)]


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("He met ", "Darren Whitlock", " there."),
        ("then ", "darren", " went quiet"),
        ("our ", "daz", " was born there"),
        ("my partner ", "Oluwadamilare", " left"),
        ("my mate ", "Ginge", " said so"),
        ("they call him ", "Tank", ""),
        ("her son, ", "Zayvion", ", came home"),
        ("a woman called ", "Wyndresse", " who cooks"),
        ("Spoke to ", "Mr Hartigan", " again"),
        ("and ", "J. Pemberton-Okafor", " signed"),
        ("", "Shazney Quill", " told me to go"),
        ("he lives with ", "Siobhan O’Reardon", "."),
        ("saw ", "Mohammed al-Harazi", " on the ward"),
        ("then ", "Grace", " rang again"),
        ("He told ", "Mark", " about it"),
        ("Yes, ", "WHITLOCK", ", Darren"),
    ],
)
def test_people(before: str, name: str, after: str) -> None:
    text = before + name + after
    spans = [(f.start, f.end) for f in find_identifiers(text, fast=True) if f.kind is Kind.PERSON]
    covered = {at for start, end in spans for at in range(start, end)}
    core = name.removeprefix("Mr ")
    at = text.index(core)
    assert covered >= {i for i in range(at, at + len(core)) if text[i].isalpha()}


@pytest.mark.parametrize(
    "text", ["JB attended with her mum.", "We spoke to D.W. about it.", "Asked K’s landlord."]
)
def test_initials_that_do_what_people_do(text: str) -> None:
    assert [f.what for f in find_identifiers(text, fast=True)] == [What.INITIALS]


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("PLACE", "They moved to Nuneaton.", "Nuneaton"),
        ("PLACE", "she is in coventry now", "coventry"),
        ("PLACE", "He slept in Sandwich.", "Sandwich"),
        ("PLACE", "at 14 Mill Lane since then", "14 Mill Lane"),
        ("PLACE", "Flat 3b, Linden Court has mould", "Flat 3b, Linden Court"),
        ("PLACE", "by the Wexcombe Road steps", "Wexcombe Road"),
        ("ORG", "a bed at Wrenfield House for him", "Wrenfield House"),
        ("ORG", "he was in HMP Onley then", "HMP Onley"),
        ("PLACE", "he drank in the Fox and Duck most nights", "Fox and Duck"),
        ("PERSON", "then robbie k moved in", "robbie k"),
        ("CODE", "NHS 999 000 0000 on the band", "999 000 0000"),
        ("DATE", "came home, d/c 9th", "9th"),
        ("AGE", "a male about 30 ran off", "30"),
        ("DATE", "It was 12 March 2016.", "12 March 2016"),
        ("DATE", "the week of the royal wedding", "the week of the royal wedding"),
        ("DATE", "DOB 12/03/81", "12/03/81"),
        ("AGE", "She was 34.", "34"),
        ("AGE", "a 19-year-old", "19-year-old"),
        ("AGE", "when I was fourteen my dad left", "fourteen"),
        ("CODE", "plate AB12 CDE", "AB12 CDE"),
        ("CODE", "prison no A1234BC", "A1234BC"),
        ("CODE", "PNC 2012/0123456X", "2012/0123456X"),
        ("CODE", "case T20191234 was heard", "T20191234"),
        ("CODE", "crime ref 20CV/123456/19", "20CV/123456/19"),
        ("CODE", "ref: H/2018/00321 again", "H/2018/00321"),
        ("CODE", "account 30-12-34 12345678", "30-12-34 12345678"),
        ("CODE", "card 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("CODE", "IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
        ("CODE", "then 83920174 was on it", "83920174"),
        ("CONTACT", "add @dazza_w99 there", "@dazza_w99"),
        ("CONTACT", "snapchat: wrenn.xx now", "wrenn.xx"),
        ("CONTACT", "see https://facebook.com/dazza.w there", "https://facebook.com/dazza.w"),
        ("DEMOGRAPHIC", "a Somali family", "Somali"),
        ("DEMOGRAPHIC", "he used to be a lorry driver", "lorry driver"),
        ("QUANTITY", "left him £84,500 in the will", "£84,500"),
    ],
)
def test_kinds(kind: str, text: str, what: str) -> None:
    assert (kind, what) in found(text)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (What.OFFENCE, "He never got caught for it."),
        (What.OFFENCE, "I was selling weed by then."),
        (What.BREACH, "She cut her tag off."),
        (What.BREACH, "that was a breach of his bail"),
        (What.BENEFIT, "He worked cash in hand."),
        (What.BENEFIT, "They didn’t tell the jobcentre."),
        (What.IMMIGRATION, "Her visa had run out; visa expired."),
        (What.IMMIGRATION, "He has no recourse to public funds."),
        (What.LIVE_CASE, "He is awaiting trial."),
        (What.LIVE_CASE, "She is on bail."),
        (What.ANONYMITY, "She was raped at sixteen."),
        (What.CHILD, "Her girl is under child protection."),
    ],
)
def test_what_an_adviser_must_clear(what: What, text: str) -> None:
    legal = [f for f in find_identifiers(text, fast=True) if f.kind is Kind.LEGAL]
    assert what in {f.what for f in legal}
    assert {f.tier for f in legal} == {Tier.ADVISER}


@pytest.mark.parametrize(
    "text",
    [
        "Will she go? It may be in March. April was cold, and June too.",
        "Hope is what we need. Grace period. Mark my words.",
        "Sertraline 50mg, Pregabalin at night; Methadone and Subutex.",
        "Crisis and Mind are charities. So are Shelter and Turning Point.",
        "The Council said no. Probation said yes. Housing Options closed at five.",
        "Universal Credit, PIP and ESA; the GP, the CPN and A&E.",
        "Mum said Dad came. Nan went home.",
        "Adult Social Care Team, Crown Court, Magistrates’ Court.",
        "24/7, 50mg, £20, 3 weeks, 10.30am, section 21, step 4 of 12.",
        "On Monday after Christmas he went back to rehab.",
        "I never once thought of it. Nobody came. Everything stopped.",
        "He was on the ward. She was fine. It rose by half.",
        "We asked at the Drug and Alcohol team. She waited with a female about 40 minutes.",
        "the will, a grace, some hope, one mark, an old rose, a bill",
        "",
        "\u200b",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_story_s_own_agencies_and_pseudonyms_are_no_findings() -> None:
    known = Names(agencies=("Wrenfield House", "Tideway"), pseudonyms=("Nell",))
    assert found("Nell went to Wrenfield House and to Tideway with Kev.", known) == [("PERSON", "Kev")]


@pytest.mark.parametrize(
    "form",
    [
        "Darren",
        "darren",
        "DARREN",
        "Whitlock",
        "the Whitlocks",
        "Daz",
        "dazza",
        "Mr Whitlock",
        "DW",
        "Darrren",
        "Whitlcok",
        "#justicefordarren",
        "**Dar**ren",
        "Dаrren",
        "D\u200barren",
        "D a r r e n W h i t l o c k",
    ],
)
def test_a_known_name_is_found_in_every_form(form: str) -> None:
    text = f"It was {form} again"
    spans = [(f.start, f.end) for f in find_identifiers(text, known=Names(("Darren Whitlock",)), fast=True)]
    core = form.removeprefix("the ").removeprefix("Mr ").removeprefix("#").removeprefix("**")
    at = text.index(core[:3])
    assert any(start <= at < end for start, end in spans)


def test_a_name_found_once_is_found_everywhere_no_surer_than_there() -> None:
    text = "Will went out. My partner Zayvion came. Later zayvion left. Tell Will. Will cried."
    people = [(text[f.start : f.end], f.confidence) for f in find_identifiers(text, fast=True)]
    assert [name for name, _ in people] == ["Will", "Zayvion", "zayvion", "Will", "Will"]
    assert dict(people)["zayvion"] <= dict(people)["Zayvion"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("**Da**vid came", "Da**vid"),
        ("`David` came", "David"),
        ("[David](http://a.example) came", "David"),
        ('<img alt="David" src="x"> came', "David"),
        ("Dаvid came", "Dаvid"),
        ("Da\u200bvid came", "Da\u200bvid"),
        ("🏠David came", "David"),
        ("שלום David שלום", "David"),
        ("&#68;avid came", "&#68;avid"),
        ("<b>Da</b>vid came", "Da</b>vid"),
    ],
)
def test_marks_and_tricks_hide_no_name(text: str, name: str) -> None:
    at = text.index(name)
    inside = set(range(at, at + len(name)))
    covered = {i for f in find_identifiers(text, fast=True) for i in range(f.start, f.end)}
    assert inside <= covered


def test_what_blocks_whatever_people_decide() -> None:
    text = "Darren, plate AB12 CDE, of 14 Mill Lane, awaiting trial"
    tiers = {f.what: f.tier for f in find_identifiers(text, fast=True)}
    assert tiers == {
        What.PERSON: Tier.DECIDE,
        What.PLATE: Tier.BLOCKS,
        What.ADDRESS: Tier.BLOCKS,
        What.LIVE_CASE: Tier.ADVISER,
    }
    assert [f.what for f in find_identifiers(text, fast=True) if f.blocks] == [What.PLATE, What.ADDRESS]


def test_a_finding_holds_no_text_and_says_what_would_be_right() -> None:
    finding = find_identifiers("It was Darren", fast=True)[0]
    assert (finding.start, finding.end, finding.confidence) == (7, 13, Confidence.CERTAIN)
    assert str(finding.suggestion) == "use the pseudonym, or say who it is: “her eldest”, “a friend”"
    assert "Darren" not in repr(finding)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_can_be_read_and_spans_stay_inside_it_in_order(text: str) -> None:
    spans = [(f.start, f.end) for f in find_identifiers(text, fast=True)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
