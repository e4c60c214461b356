// Colours and sizes of a figure, as the page wants them.

const COLOUR = /^var\((--[\w-]+)\)$/;

/** A copy of `value` in which every `var(--name)` is the colour that it stands for in this page. */
export function coloured(value, style) {
  if (typeof value === 'string') {
    const name = value.match(COLOUR)?.[1];
    return name ? style.getPropertyValue(name).trim() : value;
  }
  if (Array.isArray(value)) return value.map((each) => coloured(each, style));
  if (value === null || typeof value !== 'object') return value;
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = coloured(value[key], style);
  return copy;
}

const times = (value, by) => (Array.isArray(value) ? value.map((each) => each * by) : value * by);
const dashes = (dash, by) => dash.replace(/[\d.]+/g, (number) => String(Number(number) * by));

/** Makes a trace's type, marks and lines `by` times as large; places need nothing, they count in the layout's pixels. */
export function scaled(trace, by) {
  if (trace.textfont) trace.textfont.size = times(trace.textfont.size, by);
  if (trace.line?.width) trace.line.width = times(trace.line.width, by);
  if (trace.line?.dash) trace.line.dash = dashes(trace.line.dash, by);
  if (trace.marker) {
    trace.marker.size = times(trace.marker.size, by);
    if (trace.marker.line?.width) trace.marker.line.width = times(trace.marker.line.width, by);
  }
  return trace;
}
