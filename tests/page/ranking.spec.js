// The order by chance: offered while a ranking is on, with the same piles, and saying that it decides nothing.
import { expect, test } from './fixtures.js';

const persons = (page) => page.locator('.pile-head strong').allTextContents();

test('without a ranking there is one order only, and no item tells a chance', async ({ as }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  await expect(page.getByLabel('Urutkan')).toHaveCount(0);
  await expect(page.locator('.ranking')).toHaveCount(0);
});

test('with one, the same piles come in either order, and an item says why it stands there', async ({ as, mock }) => {
  mock.world.ranked = true;
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  await expect.poll(() => persons(page).then((rows) => rows.length)).toBeGreaterThan(5);
  const due = await persons(page);
  await page.getByLabel('Urutkan').selectOption('chance');
  await expect.poll(() => persons(page)).not.toEqual(due);
  const chance = await persons(page);
  expect([...chance].sort()).toEqual([...due].sort());
  const card = page.locator('.ranking');
  await expect(card).toContainText('Urutan: peluang dikonfirmasi');
  await expect(card).toContainText('tidak memutuskan apa pun');
  await expect(card).toContainText('[calon] menang');
  await expect(card).toContainText('<b>berita');
  await expect(card).toContainText('menyebut calon dalam teks');
  await page.getByLabel('Urutkan').selectOption('');
  await expect.poll(() => persons(page)).toEqual(due);
});

test('a view that was kept from when a ranking was on falls back to the deadline', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  mock.world.views.push({ id: 1, name: 'lama', query: 'sort=chance', staff: mock.world.staff.find(({ name }) => name === 'sari')?.id });
  await page.getByRole('button', { name: /^Saringan/ }).click();
  await page.getByRole('button', { name: 'lama', exact: true }).click();
  await expect(page.locator('.pile-row').first()).toBeVisible();
  await expect(page.locator('.list .fault')).toHaveCount(0);
  await expect(page.getByLabel('Urutkan')).toHaveCount(0);
});
