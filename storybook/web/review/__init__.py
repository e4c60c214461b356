"""From a draft to an edition and back."""

from . import consent_views as consent_views
from . import governance_views as governance_views
from . import risk_views as risk_views
from . import views as views
from . import web_views as web_views
