// The picture of a story: arrow keys from contact to contact, a card under the pointer, the contact's detail, one person
// at a time, and Plotly in place of the drawing once it has arrived. The drawing and the tables work without any of it.
import { card } from './picture/card.js';
import { contacts, keys, speakNames } from './picture/contacts.js';
import { detail } from './picture/detail.js';
import { live } from './picture/live.js';

/** Brings one `<figure data-swimlane>` to life; a second call does nothing. */
function mount(figure) {
  if (figure.dataset.mounted) return;
  figure.dataset.mounted = 'true';
  speakNames(figure);
  const panel = detail(figure);
  card(figure);
  keys(figure, panel);
  const plot = live(figure);
  people(figure, plot);
}

/** The buttons that show one person's contacts alone. */
function people(figure, plot) {
  const bar = figure.querySelector('[data-picture-bar]');
  bar.hidden = false;
  bar.addEventListener('change', (event) => {
    if (event.target.type !== 'radio') return;
    const person = event.target.value;
    for (const contact of contacts(figure)) {
      contact.classList.toggle('is-out', person !== '' && !contact.classList.contains(`p${person}`));
    }
    plot.filter();
  });
}

function mountAll() {
  for (const figure of document.querySelectorAll('figure[data-swimlane]')) mount(figure);
}

/** The first picture comes first: it needs no script. */
const afterPaint = (then) => requestAnimationFrame(() => setTimeout(then));

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => afterPaint(mountAll));
else afterPaint(mountAll);
document.addEventListener('storybook:swapped', mountAll);
