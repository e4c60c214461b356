// A small card beside the contact that the pointer or the focus is on.
import { element, row } from './rows.js';

const LINES = ['kind', 'what', 'outcome', 'who', 'passed-on', 'notes', 'own-words'];
const SPACE = 14;

/** Fills and shows the figure's card whenever a contact is pointed at or has the focus. */
export function card(figure) {
  const box = figure.querySelector('[data-picture-card]');

  let of = null;

  function show(contact) {
    of = contact;
    const cells = row(figure, contact.dataset.key);
    const where = ['when', 'agency'].map((name) => cells[name]?.text).filter(Boolean).join(' · ');
    const lines = LINES.filter((name) => cells[name]).map((name) => element('p', `is-${name}`, cells[name].text));
    box.replaceChildren(element('p', 'is-where', where), ...lines);
    box.hidden = false;
    put(contact.querySelector('.sw-ring').getBoundingClientRect());
  }

  /** Above the mark if there is room on the screen, else below; never over the edge. */
  function put(ring) {
    const size = box.getBoundingClientRect();
    const left = Math.min(Math.max(8, ring.left + ring.width / 2 - size.width / 2), window.innerWidth - size.width - 8);
    const above = ring.top - size.height - SPACE;
    box.style.left = `${left}px`;
    box.style.top = `${above > 8 ? above : ring.bottom + SPACE}px`;
  }

  const hide = () => { of = null; box.hidden = true; };
  const on = (event) => event.target.closest?.('.contact');
  figure.addEventListener('pointerover', (event) => (on(event) ? show(on(event)) : hide()));
  figure.addEventListener('pointerleave', hide);
  figure.addEventListener('focusin', (event) => (on(event) ? show(on(event)) : hide()));
  figure.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  window.addEventListener('scroll', () => { if (of) put(of.querySelector('.sw-ring').getBoundingClientRect()); }, { passive: true });
}
