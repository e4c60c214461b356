"""The page of use cases names each one with its signature."""

from storybook.services.reference import reference


def test_every_use_case_is_there_with_its_signature_and_its_sentence():
    page = reference()
    assert "publish_edition(ctx: Context, actor: Actor, slug: str) -> EditionView" in page
    assert "* `withdraw`: Ends every edition" in page
    assert "## `permissions`" in page


def test_defaults_keep_their_quotation_marks_and_private_functions_stay_out():
    page = reference()
    assert "of: str = 'people'" in page
    assert "`_" not in page
