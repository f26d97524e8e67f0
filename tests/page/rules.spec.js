// The rule author's view: a pack tried on an act, and compared with the one in use.
import { expect, test } from './fixtures.js';

test('an edited pack is compared with the active one: keys, rules and decisions', async ({ as }) => {
  const page = await as('dewi', 'rules');
  await page.getByRole('button', { name: 'Bandingkan dengan yang aktif' }).click();
  const diff = page.locator('.diff');
  await expect(diff).toContainText('skb-2022@2024.1');
  await expect(diff.locator('.diff-new summary')).toContainText('+1');
  await expect(diff.locator('.diff-lost summary')).toContainText('−7');
  await expect(diff.locator('.diff-lost li')).toContainText('ajakan');
  await expect(diff.locator('.diff-lost')).toContainText('1 yang pertama ditampilkan');
  await expect(diff).toContainText('tidak disimpan');
});

test('a text is tried step by step: what is found in it, what holds, and why the rest does not', async ({ as }) => {
  const page = await as('dewi', 'rules');
  const words = page.getByLabel('Teks contoh');
  await words.fill('Ayo coblos nomor 1!');
  await page.getByRole('button', { name: 'Coba', exact: true }).click();
  const told = page.locator('section[aria-label="Coba pada satu teks"] [role=status]');
  await expect(told.locator('mark')).toHaveText('coblos');
  await expect(told).toContainText('1 aturan berlaku');
  await told.locator('summary').click();
  await expect(told.locator('details li')).toContainText('tidak melihat jenis tindakan ini');
  await words.fill('Selamat pagi');
  await page.getByRole('button', { name: 'Coba', exact: true }).click();
  await expect(told).toContainText('Tidak ada aturan yang berlaku');
  await expect(told.locator('summary')).toContainText('2 aturan');
});
