// Puts a number's mark into the words, where the cursor is. Without script the mark is copied by hand.

/** Where the reader has been in a field: a field that nobody has been in has no cursor yet. */
const visited = new WeakSet();

document.addEventListener('focusin', (event) => {
  if (event.target.matches('textarea')) visited.add(event.target);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-insert-into]');
  if (!button) return;
  const field = document.getElementById(button.dataset.insertInto);
  if (!visited.has(field)) field.setSelectionRange(field.value.length, field.value.length);
  field.focus();
  field.setRangeText(button.dataset.mark, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
