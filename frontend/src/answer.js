// A person's own answer waits in this tab until it is given: Back, a reload or a second look at the story lose nothing.
// It never leaves the tab, and goes when it was given, when the person signs out, when the tab is closed, and when
// nobody has touched it for a quarter of an hour: a phone that lies about tells nothing to whoever picks it up, open on
// that page or not.

const KEPT = 'storybook answer ';
const LONGEST = 15 * 60 * 1000;
const TOUCHED = ['input', 'keydown', 'pointerdown', 'scroll', 'touchmove', 'wheel'];
const SENT = 'storybook answer sent';
let form = null;
let touched = Date.now();

/** The questions' fields: what is about the form and not about the answer stays out. */
function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== 'hidden');
}

/** What is answered so far: for each field its name, its value, and whether it is chosen. */
function answered() {
  return fields().map((field) => ({ name: field.name, value: field.value, chosen: field.checked === true }));
}

function keep() {
  const kept = { seen: Date.now(), said: answered() };
  sessionStorage.setItem(KEPT + form.dataset.answer, JSON.stringify(kept));
}

/** Everything that waits here. */
function waiting() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT) && key !== SENT);
}

/** Forgets every answer that nobody has touched for so long; whether there was one. */
function forgetOld() {
  const old = waiting().filter((key) => !(Date.now() - JSON.parse(sessionStorage.getItem(key)).seen < LONGEST));
  for (const key of old) sessionStorage.removeItem(key);
  return old.length > 0;
}

/** Who comes back after too long finds the questions unanswered: the page is asked for anew. Whether it is. */
function tooLate() {
  const late = forgetOld() && form !== null;
  if (late) location.replace(location.pathname);
  return late;
}

/** Notes when somebody last touched this page: reading the story counts. What is not kept any more is not kept again. */
function noteTouched() {
  for (const key of waiting()) {
    const kept = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.setItem(key, JSON.stringify({ ...kept, seen: Math.max(kept.seen, touched) }));
  }
}

/** A page that stays open, and that nobody touches, forgets as well. */
function lookAtClock() {
  noteTouched();
  tooLate();
}

function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + form.dataset.answer) ?? '{"said": []}');
  for (const said of kept.said) {
    for (const field of fields().filter((one) => one.name === said.name)) {
      if (field.type !== 'radio' && field.type !== 'checkbox') field.value = said.value;
      else if (field.value === said.value) field.checked = said.chosen;
    }
  }
}

/** The page as the server sent it holds what was just sent; one opened by its address, what waits here. */
function open() {
  if ('answerNew' in form.dataset) putBack();
  else keep();
}

/** What was sent, and has arrived, waits no longer; what somebody is changing since goes on waiting. */
function forgetArrived(answer) {
  if (sessionStorage.getItem(SENT) !== answer) return;
  sessionStorage.removeItem(KEPT + answer);
  sessionStorage.removeItem(SENT);
}

/** The step that the answer leads to gets an address of its own, so that Back leads to the questions before it. */
function goToStep() {
  const reading = document.activeElement;
  location.hash = form.dataset.at;
  reading?.focus({ preventScroll: true });
  reading?.scrollIntoView({ block: 'start' });
}

function begin() {
  form = document.querySelector('form[data-answer]');
  forgetOld();
  const arrived = document.querySelector('[data-answered]');
  if (arrived) forgetArrived(arrived.dataset.answered);
  for (const sending of document.querySelectorAll('[data-gives]')) {
    sending.addEventListener('submit', () => sessionStorage.setItem(SENT, sending.dataset.gives));
  }
  if (!form) return;
  open();
  form.addEventListener('input', keep);
}

/** Does what a browser may refuse: one that keeps nothing for a page asks the questions all the same. */
function ifAllowed(what) {
  try {
    what();
  } catch {
    // Nothing is kept here.
  }
}

ifAllowed(begin);
// What is wrong leads to its field. Its question has to be there before anything in it can be gone to.
document.addEventListener(
  'click',
  (event) => {
    const to = event.target.closest('.sb-steps .govuk-error-summary a[href^="#"]');
    if (to) location.hash = to.hash;
  },
  { capture: true },
);
// Back and forward between the questions: whoever hears the page goes on at the question, not at the page's start.
window.addEventListener('hashchange', () => {
  if (document.activeElement === document.body) document.querySelector('.sb-step:target')?.focus();
});
// A browser that keeps whole pages, or fills forms by itself, does so after this script has run.
window.addEventListener('pageshow', () => form && ifAllowed(() => tooLate() || open()));
document.addEventListener('visibilitychange', () => ifAllowed(document.hidden ? noteTouched : tooLate));
for (const event of TOUCHED) {
  document.addEventListener(event, () => (touched = Date.now()), { capture: true, passive: true });
}
setInterval(() => document.hidden || ifAllowed(lookAtClock), 15_000);
document.addEventListener('storybook:swapped', () => {
  ifAllowed(begin);
  if (form) goToStep();
});
