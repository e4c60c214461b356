// One style sheet for an edition's page, small enough to stand in the page: the picture waits for no second answer.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import esbuild from 'esbuild';
import * as sass from 'sass';

import { withoutCrown } from './ready-made.mjs';

const STATIC = path.resolve('..', 'static');
const COMPONENTS = path.resolve('vendor', 'govuk-edition.scss');

/** The GOV.UK components that such a page is made of. */
function components() {
  const loadPaths = [path.resolve('node_modules/govuk-frontend/dist')];
  return withoutCrown(sass.compile(COMPONENTS, { loadPaths, style: 'compressed' }).css);
}

/** Writes edition.css into `out`, where the other sheets have been made; both folders lie side by side, so addresses stay right. */
export async function edition(out) {
  const read = (name) => readFile(path.resolve(out, name), 'utf8');
  const site = readFile(path.join(STATIC, 'css', 'site.css'), 'utf8');
  const inOrder = [read('fonts.css'), components(), site, read('plotly-storybook.css'), read('picture.css')];
  const whole = (await Promise.all(inOrder)).join('\n');
  const { code } = await esbuild.transform(whole, { loader: 'css', minify: true, target: ['es2020', 'safari14'] });
  await writeFile(path.join(out, 'edition.css'), code);
}
