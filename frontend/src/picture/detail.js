// Everything that is said about one contact, in a panel beside the picture.
import { element, row } from './rows.js';

const ABOVE = new Set(['when', 'agency', 'what']);

/** Opens with a contact; Escape and its button close it, and the focus goes back to where it was. */
export function detail(figure) {
  const panel = figure.querySelector('[data-picture-detail]');
  const part = (name) => panel.querySelector(`[data-picture-${name}]`);
  let from = null;

  function open(contact) {
    from = contact;
    const cells = row(figure, contact.dataset.key);
    part('where').textContent = ['when', 'agency'].map((name) => cells[name]?.text).filter(Boolean).join(' · ');
    part('title').textContent = (cells.what ?? cells.kind)?.text ?? '';
    const rest = Object.keys(cells).filter((name) => !ABOVE.has(name));
    part('list').replaceChildren(...rest.flatMap((name) => [
      element('dt', `is-${name}`, cells[name].label), element('dd', `is-${name}`, cells[name].text),
    ]));
    mark(contact.dataset.key);
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    keepInSight(contact);
  }

  /** On a narrow screen the panel lies over the lower part: what it is about moves up. */
  function keepInSight(contact) {
    const ring = contact.querySelector('.sw-ring').getBoundingClientRect();
    const covers = panel.getBoundingClientRect();
    const over = ring.bottom > covers.top && ring.left < covers.right && ring.right > covers.left;
    if (over) window.scrollBy({ top: ring.bottom - covers.top + 24 });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    mark(null);
    from?.focus({ preventScroll: true });
  }

  /** The open contact stands out in every drawing. */
  function mark(key) {
    for (const each of figure.querySelectorAll('.contact')) each.classList.toggle('is-open', each.dataset.key === key);
  }

  part('close').addEventListener('click', close);
  figure.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  return { open, close };
}
