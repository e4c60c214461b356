// A story that was saved as one file closes itself after its last day, as the people in it were promised.
const story = document.querySelector('[data-last-day]');
const gone = document.getElementById('gone');

/** Today in the United Kingdom, as YYYY-MM-DD: consents end on a day as people there count days. */
function today() {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
}

/** Puts the tombstone in the story's place once its last day has passed. */
function closeIfOver() {
  if (!story?.isConnected || today() <= story.dataset.lastDay) return;
  document.title = gone.content.querySelector('h1').textContent;
  story.replaceWith(gone.content.cloneNode(true));
}

if (story && gone) {
  closeIfOver();
  document.addEventListener('visibilitychange', closeIfOver);
  setInterval(closeIfOver, 60_000);
}
