// The licences of what we hand on, as they ask us to.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The folders of the packages that `files` belong to, in order of name. */
function packages(files) {
  const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort();
}

/** One package's licence: its name, version, the licence it names, and its licence file's words. */
async function entry(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((found) => /^(licen[cs]e|copying)/i.test(found));
  const words = file ? await readFile(path.join(folder, file), 'utf8') : '(The package carries no licence file.)';
  return `${name} ${version} (${license ?? 'see below'})\n\n${words.trim()}\n`;
}

/** Writes licences.txt into `out`, for the packages that `files` come from. */
export async function licences(out, files) {
  const entries = await Promise.all(packages(files).map(entry));
  const opening = 'Storybook serves code and fonts from these packages.\n';
  await writeFile(path.join(out, 'licences.txt'), [opening, ...entries].join(`\n${'-'.repeat(72)}\n`));
}
