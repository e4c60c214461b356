// One style sheet for an edition's page: what readers meet first waits for one answer, not for five.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import esbuild from 'esbuild';

/** In the order of the cascade. Both folders lie side by side, so addresses in them stay right. */
const SHEETS = ['fonts.css', 'govuk-frontend.min.css', '../css/site.css', 'plotly-storybook.css', 'picture.css'];
const STATIC = path.resolve('..', 'static');

/** Writes edition.css into `out`, where the other sheets have been made. */
export async function edition(out) {
  const read = (name) => readFile(name.startsWith('../') ? path.join(STATIC, name.slice(3)) : path.join(out, name), 'utf8');
  const whole = (await Promise.all(SHEETS.map(read))).join('\n');
  const { code } = await esbuild.transform(whole, { loader: 'css', minify: true, target: ['es2020', 'safari14'] });
  await writeFile(path.join(out, 'edition.css'), code);
}
