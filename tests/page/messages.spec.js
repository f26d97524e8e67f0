// The page's two languages say the same things, and what they call what is found is a suspicion.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures.js';

const PAGE = fileURLToPath(new URL('../../pipeline/web/page/', import.meta.url));
const read = (language) => JSON.parse(readFileSync(`${PAGE}messages/${language}.json`, 'utf8'));
const [id, en] = [read('id'), read('en')];
const holes = (message) => [...message.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
const sources = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? sources(`${folder}/${entry.name}`) : /\.jsx?$/.test(entry.name) ? [readFileSync(`${folder}/${entry.name}`, 'utf8')] : []);

test('both languages have the same keys and holes, none empty', () => {
  expect(Object.keys(en)).toEqual(Object.keys(id));
  for (const key of Object.keys(id)) {
    expect(id[key], key).not.toBe('');
    expect(en[key], key).not.toBe('');
    expect(holes(en[key]), key).toEqual(holes(id[key]));
  }
});

test('every message that the page names exists', () => {
  const named = sources(`${PAGE}src`).flatMap((source) => [...source.matchAll(/\bt\('([\w.]+)'/g)].map(([, key]) => key));
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter((key) => !(key in id))).toEqual([]);
});

test('what is found is called dugaan, never a violation', () => {
  const claims = Object.entries(id).filter(([key, message]) => key !== 'pitch.suspicion' && /pelanggar/i.test(message));
  expect(claims).toEqual([]);
  expect(Object.entries(en).filter(([key, message]) => key !== 'pitch.suspicion' && /violat|offen[cd]/i.test(message))).toEqual([]);
});

test('no source makes markup out of text, or style inline', () => {
  for (const source of sources(`${PAGE}src`)) expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function|style=\{?["']|localStorage|sessionStorage/);
});

test('the language attribute follows the language', async ({ as }) => {
  const page = await as('sari');
  await expect(page.locator('html')).toHaveAttribute('lang', 'id');
  await expect(page.locator('.top nav')).toContainText('Antrean');
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.top nav')).toContainText('Triage');
});
