// plotly.js, cut down to what a story's picture needs: 40 % smaller than its smallest ready-made file.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { parse } from 'acorn';
import esbuild from 'esbuild';

const SOURCE = /plotly\.js[\\/]src[\\/].*\.js$/;

// Parts of the core that a story's picture never shows. plotly.js looks each up by name and goes without.
const LEFT_OUT = [
  'annotations', 'annotations3d', 'errorbars', 'grid', 'images', 'rangeselector', 'rangeslider',
  'selections', 'sliders', 'updatemenus',
];
const UNUSED = new RegExp(`^\\./components/(${LEFT_OUT.join('|')})$`);

/** Calls `see(node)` on every node of a syntax tree. */
function walk(node, see) {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, see));
  if (!node || typeof node.type !== 'string') return undefined;
  see(node);
  return Object.values(node).forEach((child) => walk(child, see));
}

/** The code with every `description: ...` (reference documentation, a fifth of the file) made empty. */
export function withoutDescriptions(code) {
  const spans = [];
  walk(parse(code, { ecmaVersion: 'latest', sourceType: 'script' }), (node) => {
    if (node.type === 'Property' && !node.computed && node.key.name === 'description' && isText(node.value)) {
      spans.push([node.value.start, node.value.end]);
    }
  });
  return spans.reverse().reduce((text, [start, end]) => `${text.slice(0, start)}''${text.slice(end)}`, code);
}

/** True for a literal, a sum of literals, or `[...].join(' ')`: words, not a function's parameter. */
function isText(node) {
  if (node.type === 'Literal') return typeof node.value === 'string';
  if (node.type === 'BinaryExpression') return isText(node.left) || isText(node.right);
  return node.type === 'CallExpression' && node.callee.property?.name === 'join';
}

const lean = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: UNUSED }, (found) => ({ path: found.path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, (found) => ({
      contents: `module.exports = { moduleType: 'component', name: '${path.basename(found.path)}' };`,
    }));
    build.onResolve({ filter: /^culori$/ }, () => ({ path: path.resolve('vendor/culori.js') }));
    build.onResolve({ filter: /maplibre-gl\.css$/ }, () => ({ path: 'no-map', namespace: 'nothing' }));
    // Its rules are served as a file (a strict content policy lets no script make a style element).
    build.onResolve({ filter: /build\/plotcss$/ }, () => ({ path: 'no-rules', namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
    build.onLoad({ filter: SOURCE }, async (found) => ({
      contents: withoutDescriptions(await readFile(found.path, 'utf8')),
    }));
  },
};

/** plotly.js's own style rules as a style sheet, in the page's font. */
async function rules() {
  const code = await readFile('node_modules/plotly.js/build/plotcss.js', 'utf8');
  const kept = {};
  const run = new Function('require', code); // its own file: a table of rules and a loop that adds each
  run(() => ({ addStyleRule: (selector, rule) => { kept[selector] = rule; } }));
  const lines = Object.entries(kept).map(([selector, rule]) => `${selector}{${rule}}`);
  return lines.join('\n').replaceAll('"Open Sans",verdana,arial,sans-serif', 'inherit');
}

/** Writes plotly-storybook.min.js and plotly-storybook.css into `out`; says which files went in. */
export async function plotly(out) {
  const css = await esbuild.transform(await rules(), { loader: 'css', minify: true });
  await writeFile(path.join(out, 'plotly-storybook.css'), css.code);
  const { metafile } = await esbuild.build({
    entryPoints: ['vendor/plotly.js'],
    outfile: path.join(out, 'plotly-storybook.min.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'storybookPlotly',
    footer: { js: 'window.Plotly=storybookPlotly.default;' },
    define: { global: 'window', 'define.amd': 'false' },
    target: 'es2020',
    legalComments: 'none',
    plugins: [lean],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}
