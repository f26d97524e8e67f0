// Bundles the page: one script that loads charts and graph only when they are opened, one style sheet, and
// index.html. Nothing is inlined, so that the page runs under a policy that forbids inline code.
import { build } from 'esbuild';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';

const [, , out] = process.argv;
if (!out) {
  console.error('usage: node bundle.mjs OUT');
  process.exit(2);
}
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { page: 'src/main.jsx', style: 'style/style.css' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022'],
  minify: true,
  // Licences of the bundled packages travel with what is shipped.
  legalComments: 'linked',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Names without a hash: what changes between two builds is told by the server's ETag.
  chunkNames: 'part-[name]-[hash]',
  logLevel: 'warning',
});
await cp('index.html', `${out}/index.html`);
await cp('mark.svg', `${out}/mark.svg`);
await mkdir(`${out}/licences`);
for (const name of ['preact', 'uplot', 'cytoscape']) {
  const licence = (await readdir(`node_modules/${name}`)).find((file) => /^licen[cs]e/i.test(file));
  await cp(`node_modules/${name}/${licence}`, `${out}/licences/${name}.txt`);
}
