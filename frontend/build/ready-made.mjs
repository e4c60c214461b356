// Libraries that come ready made: htmx and the GOV.UK Frontend, without what belongs to GOV.UK alone.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import esbuild from 'esbuild';

/** Writes htmx.min.js into `out`; says which file it was. */
export async function htmx(out) {
  const file = 'node_modules/htmx.org/dist/htmx.min.js';
  await copyFile(file, path.join(out, 'htmx.min.js'));
  return [file];
}

/** The style sheet with our font for GDS Transport, and without any rule that would fetch a file. */
export function withoutCrown(css) {
  return css
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/(?:background-image|-webkit-mask-image|mask-image):url\(\/assets\/images\/govuk-crest\.svg\);?/g, '')
    .replace(/(["']?)GDS Transport\1/g, '"Atkinson Hyperlegible Next"')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '');
}

/** Writes govuk-frontend.min.css and govuk-frontend.min.js into `out`; says which files went in. */
export async function govuk(out) {
  const css = withoutCrown(await readFile('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css', 'utf8'));
  if (/url\((?!["']?data:)/.test(css)) throw new Error('govuk-frontend.min.css would fetch a file that we do not serve');
  await writeFile(path.join(out, 'govuk-frontend.min.css'), css);
  const { metafile } = await esbuild.build({
    entryPoints: ['vendor/govuk.js'],
    outfile: path.join(out, 'govuk-frontend.min.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}
