"""The blueprint that this package's views hang on."""

from flask import Blueprint

stories = Blueprint("stories", "storybook.web.stories", url_prefix="/stories")
