// What every page's script does: says that scripts run, keeps focus where the reader is when htmx swaps the main
// part, and marks forms that are being sent. Every page works without it.

const body = document.body;
body.classList.add('js-enabled', 'govuk-frontend-supported');

/** Where a reader should go on: at what is wrong, at what was said, else at the new page's start. */
function whereToGoOn(main) {
  return main.querySelector('.govuk-error-summary, [data-focus], .govuk-notification-banner') ?? main;
}

/** After a swap of the main part: focus, and the top of the page, as after a page load. A quiet part leaves both alone. */
function afterSwap(event) {
  if (event.target.closest?.('[data-quiet]')) return;
  const main = document.getElementById('main-content');
  if (!main) return;
  const place = whereToGoOn(main);
  if (!place.hasAttribute('tabindex')) place.setAttribute('tabindex', '-1');
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'start' });
  document.dispatchEvent(new CustomEvent('storybook:swapped', { detail: { main } }));
}

/** Two quick presses on a button are one. */
function onceOnly(event) {
  const form = event.target;
  if (form.dataset.sending === 'true') event.preventDefault();
  else if (form.matches('[data-once]')) form.dataset.sending = 'true';
}

/** Nothing that waits in this tab outlives a sign-out: the next one at this phone may be somebody else. */
function forgetAtSignOut(event) {
  if (!event.target.matches('[data-sign-out]')) return;
  try {
    sessionStorage.clear();
  } catch {
    // A browser that keeps nothing for a page has nothing to forget.
  }
}

document.addEventListener('htmx:after:swap', afterSwap);
document.addEventListener('submit', onceOnly);
document.addEventListener('submit', forgetAtSignOut);
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-sending]')) delete form.dataset.sending;
});
