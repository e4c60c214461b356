"""From a draft to an edition and back."""

from . import risk_views as risk_views
from . import views as views
