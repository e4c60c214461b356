// The contacts of the drawings, and the way through them by keyboard: one Tab stop, arrow keys for the rest.

/** The drawing that is on the screen: the style sheet shows the one for the figure's width. */
export function drawing(figure) {
  const all = [...figure.querySelectorAll('svg.swimlane')];
  return all.find((svg) => getComputedStyle(svg).display !== 'none') ?? all[0];
}

/** The contacts of one drawing, or of all of a figure, in reading order. */
export const contacts = (where) => [...where.querySelectorAll('.contact')];

const places = new WeakMap();

/** A contact's place in its drawing, in the drawing's own pixels, whatever a zoom makes of it. */
export function place(contact) {
  if (!places.has(contact)) {
    const matrix = contact.transform.baseVal.getItem(0).matrix;
    places.set(contact, { x: matrix.e, y: matrix.f });
  }
  return places.get(contact);
}

/** Names stay for screen readers but no longer pop up beside our own card. */
export function speakNames(figure) {
  for (const contact of contacts(figure)) {
    const title = contact.querySelector('title');
    contact.setAttribute('aria-label', title.textContent);
    title.remove();
  }
}

const inView = (list) => list.filter((contact) => !contact.classList.contains('is-out'));

/** Within its lane, then on to the next lane's first. */
function along(from, step) {
  const list = inView(contacts(from.ownerSVGElement));
  return list[list.indexOf(from) + step];
}

/** The contact nearest in time in the next lane that has any. */
function across(from, step) {
  const lanes = [...from.ownerSVGElement.querySelectorAll('.lane')];
  const x = place(from).x;
  for (let at = lanes.indexOf(from.parentNode) + step; lanes[at]; at += step) {
    const near = inView(contacts(lanes[at])).sort((a, b) => Math.abs(place(a).x - x) - Math.abs(place(b).x - x));
    if (near.length) return near[0];
  }
  return undefined;
}

function end(from, last, all) {
  const list = inView(contacts(all ? from.ownerSVGElement : from.parentNode));
  return list[last ? list.length - 1 : 0];
}

const MOVES = {
  ArrowRight: (from) => along(from, 1),
  ArrowLeft: (from) => along(from, -1),
  ArrowDown: (from) => across(from, 1),
  ArrowUp: (from) => across(from, -1),
  Home: (from, event) => end(from, false, event.ctrlKey),
  End: (from, event) => end(from, true, event.ctrlKey),
};

/** Makes `contact` the drawing's one Tab stop and goes there. */
export function goTo(contact) {
  for (const other of contacts(contact.ownerSVGElement)) other.setAttribute('tabindex', other === contact ? '0' : '-1');
  contact.focus({ preventScroll: true });
  contact.querySelector('.sw-ring').scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Arrow keys, Home and End move; Enter and Space, and a press of the mouse or a finger, open the detail. */
export function keys(figure, panel) {
  figure.addEventListener('keydown', (event) => {
    const contact = event.target.closest?.('.contact');
    if (!contact) return;
    if (event.key === 'Enter' || event.key === ' ') panel.open(contact);
    else if (MOVES[event.key]) {
      const to = MOVES[event.key](contact, event);
      if (to) goTo(to);
    } else return;
    event.preventDefault();
  });
  figure.addEventListener('click', (event) => {
    const contact = event.target.closest?.('.contact');
    if (!contact) return;
    goTo(contact);
    panel.open(contact);
  });
}
