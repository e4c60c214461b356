// Our own scripts and styles: every file of src/ that is not inside a folder is an entry point of the same name.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import esbuild from 'esbuild';

/** Writes NAME.js and NAME.css into `out` for each src/NAME.js and src/NAME.css; says which files went in. */
export async function ownFiles(out) {
  const entryPoints = (await readdir('src'))
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => path.join('src', name));
  const { metafile } = await esbuild.build({
    entryPoints,
    outdir: out,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2020', 'safari14'],
    external: ['*.woff2', '/static/*'],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}
