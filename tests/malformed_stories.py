"""Wrong folders, ZIP files and timelines, each with what is said of it."""

from __future__ import annotations

import json

from tests.malformed_makers import (
    HEAD,
    HELP,
    LOOK,
    NOWHERE,
    PLAIN,
    Malformed,
    file,
    folder_of,
    link_away,
    zip_of,
)

STORIES: tuple[Malformed, ...] = (
    # ---- folders
    Malformed(
        "A folder without story.md",
        folder_of(None),
        ("story.md: there is no story.md; give a folder that holds one",),
    ),
    Malformed(
        "A folder without contacts.csv",
        folder_of(contacts=None),
        ("contacts.csv: there is no contacts.csv; add one with the headings Date and Agency",),
    ),
    Malformed(
        "A link to another file",
        link_away,
        ("contacts.csv: this is a link to another file; put the file itself here",),
    ),
    Malformed(
        "story.md in another encoding",
        folder_of(HEAD.replace("Ash", "Zoë").encode("latin-1")),
        ("story.md:6: the file is not in UTF-8; save it as UTF-8",),
    ),
    Malformed(
        "story.md without front matter",
        folder_of("# A story\n"),
        (
            (
                "story.md:1: the file does not begin with a part between two lines of ---; see the story format's "
                "page for an example"
            ),
        ),
    ),
    Malformed(
        "Front matter that is no YAML",
        folder_of(HEAD.replace("title: A story", "title: [A")),
        (
            (
                "story.md:3:5: the part between the --- lines can't be read: did not find expected ',' or ']'; "
                "write each line as a key, a colon, a space and its text"
            ),
        ),
    ),
    Malformed(
        "YAML aliases",
        folder_of(HEAD.replace("slug:", "a: &a [x, x]\nb: &b [*a, *a]\nslug:")),
        (f"story.md:3:4: anchors (&), aliases (*) and tags (!) are not read here; {PLAIN}",),
    ),
    Malformed(
        "A YAML tag that runs a program",
        folder_of(HEAD.replace("A story", "!!python/object/apply:os.system ['true']")),
        (f"story.md:2:8: anchors (&), aliases (*) and tags (!) are not read here; {PLAIN}",),
    ),
    Malformed(
        "YAML of great depth",
        folder_of(HEAD.replace("A story", "[" * 10_000)),
        (f"story.md:2:40: the lists are too deep inside each other; {PLAIN}",),
    ),
    Malformed(
        "A key given twice",
        folder_of(HEAD.replace("slug: a-story", "title: Again")),
        (f'story.md:3:1: the key "title" is there twice; {PLAIN}',),
    ),
    Malformed(
        "An unknown key",
        folder_of(HEAD.replace("name: Ash", "nmae: Ash")),
        (
            'story.md:6: we do not know the key "nmae"; did you mean "name"?',
            "story.md:5:name: there is no name; give one",
        ),
    ),
    Malformed(
        "A ref given twice",
        folder_of(HEAD.replace("agencies:", "- ref: P1\n  name: Sam\nagencies:")),
        ('story.md:people: the ref "P1" is there twice; give each a ref of its own',),
    ),
    Malformed(
        "An unknown agency",
        folder_of(contacts="Date,Agency\n2016,the-dor\n2017,police\n"),
        (
            'contacts.csv:2:Agency: there is no agency "the-dor" in story.md; did you mean "the-door"?',
            'contacts.csv:3:Agency: there is no agency "police" in story.md; choose from: the-door',
        ),
    ),
    Malformed(
        "An unknown column",
        folder_of(contacts="Date,Agency,Outcom\n2016,the-door,x\n"),
        ('contacts.csv:1:3: we do not know the column "Outcom"; did you mean "Outcome"?',),
    ),
    Malformed(
        "A column given twice",
        folder_of(contacts="Date,Agency,Date\n2016,the-door,2017\n"),
        ('contacts.csv:1:3: the column "Date" is there twice; keep one',),
    ),
    Malformed(
        "A missing column",
        folder_of(contacts="Agency,Detail\nthe-door,x\n"),
        ('contacts.csv:1: there is no column "Date"; add it to the first line',),
    ),
    Malformed(
        "A slug that leads out",
        folder_of(HEAD.replace("a-story", "../a-story")),
        (
            (
                'story.md:slug: "../a-story" can\'t be the short name of a story; use small letters, digits and '
                "single hyphens, up to 80, "
                "like a-story"
            ),
        ),
    ),
    Malformed(
        "An id given twice",
        folder_of(contacts="Date,Agency,Id\n" + "2016,the-door,0190c5a2-7b1e-7000-8000-000000000001\n" * 2),
        ("contacts.csv:3:Id: this id stands on an earlier line too; leave it empty, and an id is made",),
    ),
    Malformed(
        "Wrong in many places",
        folder_of(
            HEAD.replace("title: A story\n", ""),
            "Date,Agency,Id,Links\nsoon,the-door,,\n2016,the-door,7,x y\n",
        ),
        (
            "story.md:1:title: there is no title; give one",
            f'contacts.csv:2:Date: "soon" is not a date we can read; {HELP}',
            (
                'contacts.csv:3:Links: links is "x y"; write an address that begins with http:// or https:// and '
                "has no spaces"
            ),
            'contacts.csv:3:Id: id is "7"; leave it empty, and an id is made',
        ),
    ),
    # ---- ZIP files
    Malformed(
        "A ZIP file that is a bomb",
        file("s.zip", lambda: zip_of({"story.md": bytes(70 * 1024 * 1024)})),
        ('s.zip: "story.md" grows to more than 64 MB; give a smaller story',),
    ),
    Malformed(
        "A ZIP file that leads out",
        file("s.zip", zip_of({"../../story.md": b"x"})),
        (f's.zip: "../../story.md" leads out of the folder; {NOWHERE}',),
    ),
    Malformed(
        "A ZIP file with a program",
        file("s.zip", zip_of({"story.md": HEAD.encode(), "run.exe": b"x"})),
        ('s.zip: there is "run.exe" in it; pack story.md and contacts.csv only',),
    ),
    Malformed(
        "A ZIP file of a thousand files",
        file("s.zip", lambda: zip_of({f"{n}.md": b"x" for n in range(1000)})),
        ("s.zip: there are 1000 files in it; pack one story's folder only",),
    ),
    Malformed(
        "A broken ZIP file",
        file("s.zip", zip_of({"story.md": HEAD.encode()})[:-30]),
        ("s.zip: the ZIP file is broken or locked; pack the folder again, without a password",),
    ),
    # ---- TimelineJS
    Malformed(
        "A year before 1",
        file("t.json", '{"events": [\n{"start_date": {"year": "-13800000000"}}]}'),
        ("t.json:2:Year: the year -13800000000 is outside what we can show; use years from 1 to 9999",),
    ),
    Malformed(
        "JSON that breaks off",
        file("t.json", '{"events": [\n{"start_date": '),
        (f"t.json:2:16: this is not JSON; {LOOK}",),
    ),
    Malformed(
        "JSON of great depth", file("t.json", "[" * 100_000), (f"t.json:1:34: the JSON is too deep; {LOOK}",)
    ),
    Malformed(
        "JSON that is something else",
        file("t.json", json.dumps({"rows": []})),
        ('t.json:1: this JSON is not a timeline of TimelineJS; it needs {"events": […]}',),
    ),
    Malformed(
        "A timeline without events",
        file("t.json", '{"events": []}'),
        ("t.json:1: there are no events in it; give a timeline with at least one event",),
    ),
    Malformed(
        "A month of no year",
        file("t.csv", "Year,Month,Headline\n,5,x\n2000,13,y\n"),
        (
            "t.csv:2:Year: there is a month or day but no year; give the year",
            't.csv:3:Month: "2000-13" has no month 13; months are 1 to 12',
        ),
    ),
)
