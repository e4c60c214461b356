// Plotly draws in place of the drawing, from the same layout. The drawing stays where it is, unseen: its contacts are what
// the keyboard, screen readers and the pointer meet.
import { contacts, drawing, place } from './contacts.js';
import { coloured, scaled } from './theme.js';

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: 'reset', showTips: false };
const CLOSER = 0.5;

/** Plotly, from the page if it is there, else from the address that the figure names. */
function library(figure) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  if (!figure.dataset.plotly) return Promise.reject(new Error('no address of Plotly'));
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = figure.dataset.plotly;
    script.onload = () => done(window.Plotly);
    script.onerror = () => failed(new Error('Plotly did not come'));
    document.head.append(script);
  });
}

/** After the first picture has been painted and the page has nothing better to do. */
function quiet() {
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 50));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => idle(done, { timeout: 1500 }))));
}

/** Pieces of a trace (points, or lines that end with null) whose contact is left out become nothing. */
function without(trace, out) {
  const marks = trace.meta?.marks;
  if (!marks || !out.size) return trace.x;
  let piece = 0;
  const broken = trace.x.includes(null);
  return trace.x.map((x) => {
    const gone = out.has(marks[piece]);
    if (x === null || !broken) piece += 1;
    return gone ? null : x;
  });
}

/** Places that keep their distance in pixels from what they belong to when the picture is `k` times as wide. */
function held(trace, xs, k) {
  const off = trace.meta?.off;
  if (!off || k === 1) return xs;
  return xs.map((x, at) => (x === null ? x : x - off[at] * (1 - 1 / k)));
}

/** What has to be drawn again when it changes. */
function sizeOf(svg) {
  const size = svg.getBoundingClientRect();
  return `${size.width}x${size.height} ${svg.dataset.width}`;
}

/** The figure for a width, from the address that the page names; fails where the story is no longer shared. */
async function fetched(figure, width) {
  const answer = await fetch(figure.dataset.figures.replace('WIDTH', width));
  if (!answer.ok) throw new Error('the figure did not come');
  return answer.json();
}

class Live {
  constructor(figure, Plotly) {
    this.figure = figure;
    this.Plotly = Plotly;
    this.figures = {};
    this.stage = figure.querySelector('[data-picture-stage]');
    this.box = document.createElement('div');
    this.box.className = 'picture-live';
    this.box.setAttribute('aria-hidden', 'true');
    this.stage.prepend(this.box);
  }

  /** The figure for a width: from the page itself, or from the address that the page names. */
  async load(width) {
    const inside = this.figure.querySelector('[data-swimlane-figure]');
    if (inside) this.figures = JSON.parse(inside.textContent);
    else this.figures[width] ??= await fetched(this.figure, width);
    return this.figures[width];
  }

  /** Draws what the screen shows now. */
  async draw() {
    const svg = drawing(this.figure);
    const size = svg.getBoundingClientRect();
    if (!size.width) return;
    const made = this.figures[svg.dataset.width] ?? await this.load(svg.dataset.width);
    Object.assign(this, { svg, made });
    this.size = sizeOf(this.svg);
    const style = getComputedStyle(this.figure);
    const by = size.width / this.made.layout.width;
    const data = coloured(this.made.data, style).map((trace) => scaled(trace, by));
    const layout = { ...coloured(this.made.layout, style), width: size.width, height: size.height };
    this.ends = [...this.made.layout.xaxis2.range];
    this.range = this.range && this.range.width === this.svg.dataset.width ? this.range : { at: this.ends };
    this.range.width = this.svg.dataset.width;
    layout.xaxis2.range = [...this.range.at];
    layout.dragmode = matchMedia('(pointer: coarse)').matches ? false : 'zoom';
    data.forEach((trace, at) => { trace.x = this.xs(this.made.data[at]); });
    await this.Plotly.react(this.box, data, layout, CONFIG);
    this.follow();
    if (!this.listening) this.listen();
  }

  /** Gives the picture back to the drawing, each contact in its place. */
  leave() {
    this.left = true;
    this.range.at = [...this.ends];
    this.follow();
    this.Plotly.purge(this.box);
    this.box.remove();
    this.figure.querySelector('[data-picture-zoom]').hidden = true;
    this.figure.classList.remove('is-live');
    this.figure.dataset.ready = 'false';
  }

  listen() {
    this.listening = true;
    this.box.on('plotly_relayout', (change) => {
      const range = this.box.layout.xaxis2.range.map(Number);
      if (Object.keys(change).some((name) => name.startsWith('xaxis2'))) this.zoomed(range);
    });
  }

  get k() {
    return (this.ends[1] - this.ends[0]) / (this.range.at[1] - this.range.at[0]);
  }

  /** Positions in the drawing of those contacts that are left out. */
  get out() {
    const list = contacts(this.svg);
    return new Set(list.flatMap((contact, at) => (contact.classList.contains('is-out') ? [at] : [])));
  }

  xs(trace) {
    return held(trace, without(trace, this.out), this.k);
  }

  zoomed(range) {
    this.range.at = range;
    this.again();
  }

  /** Puts every point where zoom and filter want it, and the drawing's contacts with them. */
  again() {
    if (this.left) return undefined;
    const moved = this.made.data.flatMap((trace, at) => (trace.meta ? [at] : []));
    this.follow();
    return this.Plotly.restyle(this.box, { x: moved.map((at) => this.xs(this.made.data[at])) }, moved);
  }

  follow() {
    const lo = this.range.at[0];
    const hi = this.range.at[1];
    const marks = this.made.data.find((trace) => trace.name === 'contacts');
    contacts(this.svg).forEach((contact, at) => {
      const x = marks.x[at] - (marks.meta.off?.[at] ?? 0);
      const dx = (x - lo) * this.k + this.ends[0] - x;
      const home = place(contact);
      contact.setAttribute('transform', `translate(${(home.x + dx).toFixed(1)},${home.y})`);
      contact.classList.toggle('is-away', x < lo || x > hi);
    });
  }

  /** Shows `width` of the story's time around `centre`, both in the layout's pixels. */
  async look(centre, width) {
    if (this.left) return;
    const start = this.ends[0];
    const stop = this.ends[1];
    const wide = Math.min(Math.max(width, (stop - start) / 24), stop - start);
    const lo = Math.min(Math.max(start, centre - wide / 2), stop - wide);
    await this.Plotly.relayout(this.box, { 'xaxis2.range': [lo, lo + wide] });
  }

  zoom(how) {
    const lo = this.range.at[0];
    const hi = this.range.at[1];
    if (how === 'whole') return this.look((this.ends[0] + this.ends[1]) / 2, Infinity);
    return this.look((lo + hi) / 2, (hi - lo) * (how === 'closer' ? CLOSER : 1 / CLOSER));
  }

  /** Keeps up with the page: its width, its colours, and a focus that goes where the zoom does not look. */
  watch() {
    let waiting = 0;
    const again = () => { if (!this.left) this.draw().catch(() => this.leave()); };
    const redraw = () => { clearTimeout(waiting); waiting = setTimeout(again, 120); };
    new ResizeObserver(() => {
      if (sizeOf(drawing(this.figure)) !== this.size) redraw();
    }).observe(this.stage);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.figure.addEventListener('focusin', (event) => {
      const contact = event.target.closest?.('.contact.is-away');
      if (contact) this.look(place(contact).x, this.range.at[1] - this.range.at[0]);
    });
    this.buttons();
  }

  buttons() {
    const bar = this.figure.querySelector('[data-picture-zoom]');
    bar.hidden = false;
    bar.addEventListener('click', (event) => {
      const how = event.target.closest('[data-zoom]')?.dataset.zoom;
      if (how) this.zoom(how);
    });
    this.figure.addEventListener('keydown', (event) => {
      const how = { '+': 'closer', '=': 'closer', '-': 'wider', 0: 'whole' }[event.key];
      if (how && event.target.closest?.('.contact')) this.zoom(how);
    });
  }
}

/** Starts Plotly when the page is quiet. If it does not come, the drawing stays. */
export function live(figure) {
  let made = null;
  async function start() {
    await quiet();
    const Plotly = await library(figure);
    await document.fonts?.ready;
    const each = new Live(figure, Plotly);
    await each.draw();
    each.watch();
    made = each;
    figure.classList.add('is-live');
    figure.dataset.ready = 'true';
  }
  start().catch(() => { figure.dataset.ready = 'false'; });
  return { filter: () => made?.again() };
}
