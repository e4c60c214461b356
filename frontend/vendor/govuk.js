// The GOV.UK components' behaviour, switched on for whatever is on the page (and for what htmx brings later).
import { initAll } from 'govuk-frontend';

const start = (scope) => initAll({ scope });

start(document);
document.addEventListener('htmx:after:swap', (event) => start(event.target instanceof Element ? event.target : document));
