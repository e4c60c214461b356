// Makes everything that storybook serves to a browser, from this folder's sources and the locked packages, into
// the folder named as the first argument (default ../static/vendor). See README.md for what comes out.
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { edition } from './build/edition.mjs';
import { fonts } from './build/fonts.mjs';
import { licences } from './build/licences.mjs';
import { ownFiles } from './build/own.mjs';
import { plotly } from './build/plotly.mjs';
import { govuk, htmx } from './build/ready-made.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, '..', 'static', 'vendor'));

/** Empties `out` without removing the folder itself, which a running server may hold open. */
async function clear() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) await rm(path.join(out, name), { recursive: true });
}

process.chdir(here);
await clear();
const used = await Promise.all([plotly(out), htmx(out), govuk(out), fonts(out), ownFiles(out)]);
await edition(out);
await licences(out, used.flat());
