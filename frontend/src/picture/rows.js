// What the page's own table says about a contact. Nothing is fetched.

/** `{name: {label, text}}` of a contact's filled cells. */
export function row(figure, key) {
  const table = figure.querySelector('table[data-table="contacts"]');
  const found = [...table.tBodies[0].rows].find((each) => each.dataset.key === key);
  const heads = [...table.tHead.rows[0].cells];
  const cells = {};
  heads.forEach((head, at) => {
    const text = found?.cells[at].textContent ?? '';
    if (text) cells[head.dataset.name] = { label: head.textContent, text };
  });
  return cells;
}

/** An element with a class and words. */
export function element(tag, name, words) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = words;
  return made;
}
