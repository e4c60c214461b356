// A person's own answer waits in this tab until it is given: Back, a reload or a second look at the story lose nothing.
// It never leaves the tab, and goes when it was given, when the person signs out and when the tab is closed.

const KEPT = 'storybook answer ';
const SENT = 'storybook answer sent';
let form = null;

/** The questions' fields: what is about the form and not about the answer stays out. */
function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== 'hidden');
}

/** What is answered so far: for each field its name, its value, and whether it is chosen. */
function answered() {
  return fields().map((field) => ({ name: field.name, value: field.value, chosen: field.checked === true }));
}

function keep() {
  sessionStorage.setItem(KEPT + form.dataset.answer, JSON.stringify(answered()));
}

function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + form.dataset.answer) ?? '[]');
  for (const said of kept) {
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
// Back and forward between the questions: whoever hears the page goes on at the question, not at the page's start.
window.addEventListener('hashchange', () => {
  if (document.activeElement === document.body) document.querySelector('.sb-step:target')?.focus();
});
// A browser that keeps whole pages, or fills forms by itself, does so after this script has run.
window.addEventListener('pageshow', () => form && ifAllowed(open));
document.addEventListener('storybook:swapped', () => {
  ifAllowed(begin);
  if (form) goToStep();
});
