// The typeface as files to serve, as a style sheet that names them, and as widths for whoever lays out words
// without a browser.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import * as fontkit from 'fontkit';

const FAMILY = 'Atkinson Hyperlegible Next';
const PACKAGE = 'node_modules/@fontsource/atkinson-hyperlegible-next';
const WEIGHTS = { regular: 400, bold: 700 };
const SUBSETS = ['latin', 'latin-ext'];

const fileName = (subset, weight) => `atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`;
const source = (subset, weight) => path.join(PACKAGE, 'files', fileName(subset, weight));

/** Advance widths in font units by code point (decimal) of one weight; a character in both subsets counts once. */
function widths(weight) {
  const advance = {};
  for (const subset of SUBSETS) {
    const font = fontkit.openSync(source(subset, weight));
    for (const point of font.characterSet) advance[point] ??= font.glyphForCodePoint(point).advanceWidth;
  }
  return advance;
}

/** The measures a layout needs: units per em, ascent and descent (descent is below zero), and widths by weight. */
function metrics() {
  const { unitsPerEm, ascent, descent } = fontkit.openSync(source('latin', WEIGHTS.regular));
  const byWeight = Object.entries(WEIGHTS).map(([name, weight]) => [name, widths(weight)]);
  return { family: FAMILY, unitsPerEm, ascent, descent, ...Object.fromEntries(byWeight) };
}

/** The mark of a file's content that the server puts into addresses too, so that it can be kept for good. */
async function mark(file) {
  return createHash('sha256').update(await readFile(file)).digest('hex').slice(0, 12);
}

/** One @font-face rule. */
async function face(subset, weight, range) {
  const url = `fonts/${fileName(subset, weight)}?v=${await mark(source(subset, weight))}`;
  return `@font-face{font-family:"${FAMILY}";font-style:normal;font-weight:${weight};font-display:swap;`
    + `src:url("${url}") format("woff2");unicode-range:${range}}`;
}

/** Writes fonts/*.woff2, fonts.css and font-metrics.json into `out`; says which files went in. */
export async function fonts(out) {
  await mkdir(path.join(out, 'fonts'), { recursive: true });
  const ranges = JSON.parse(await readFile(path.join(PACKAGE, 'unicode.json'), 'utf8'));
  const wanted = SUBSETS.flatMap((subset) => Object.values(WEIGHTS).map((weight) => [subset, weight]));
  for (const [subset, weight] of wanted) await copyFile(source(subset, weight), path.join(out, 'fonts', fileName(subset, weight)));
  const faces = await Promise.all(wanted.map(([subset, weight]) => face(subset, weight, ranges[subset])));
  await writeFile(path.join(out, 'fonts.css'), faces.join('\n'));
  await writeFile(path.join(out, 'font-metrics.json'), JSON.stringify(metrics()));
  return wanted.map(([subset, weight]) => source(subset, weight));
}
