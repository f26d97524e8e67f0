// Decisions, as people make, regret and dispute them.
import { caseOf, expect, proposeAll, test } from './fixtures.js';

const current = (page) => Number(page.url().split('/').pop());

test('a digit dismisses with its reason, z takes it back', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  const item = current(page);
  await page.keyboard.press('d');
  await page.keyboard.press('3');
  await expect(page.locator('.toast.done')).toBeVisible();
  expect(mock.world.items.get(item).state).toBe('dismissed');
  expect(mock.world.items.get(item).decisions[0].reason).toBe('not_support');
  await expect.poll(() => current(page)).not.toBe(item);
  await page.keyboard.press('z');
  await expect.poll(() => mock.world.items.get(item).state).toBe('open');
  await expect.poll(() => current(page)).toBe(item);
});

test('"other" wants a note', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  const item = current(page);
  await page.keyboard.press('d');
  await page.keyboard.press('0');
  await expect(page.locator('dialog textarea')).toBeFocused();
  await expect(page.locator('dialog button[type=submit]')).toBeDisabled();
  await page.keyboard.type('Akun parodi');
  await page.locator('dialog button[type=submit]').press('Enter');
  await expect.poll(() => mock.world.items.get(item).decisions[0]?.note).toBe('Akun parodi');
});

test('changed SKB items need a reason', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  const item = current(page);
  await page.keyboard.press('p');
  await page.locator('dialog .check input').first().uncheck();
  await expect(page.locator('dialog button[type=submit]')).toBeDisabled();
  await page.locator('dialog textarea').first().fill('Hanya butir kedua yang cocok');
  await page.locator('dialog button[type=submit]').click();
  await expect.poll(() => mock.world.items.get(item).state).toBe('proposed');
  expect(mock.world.items.get(item).decisions[0].proposes).toHaveLength(1);
});

test('a late decision is refused and said to be late', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.locator('.lease')).toBeVisible();
  const item = mock.world.items.get(current(page));
  item.fence += 1;
  item.claim = { staff: { id: 99, name: 'lain' }, fence: item.fence, until: item.claim.until };
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await expect(page.locator('dialog .fault')).toContainText('Terlambat');
  expect(item.state).toBe('open');
});

test('an item that somebody else holds says so', async ({ as, mock }) => {
  for (const item of mock.world.items.values()) item.claim = { staff: { id: 99, name: 'lain' }, fence: 1, until: new Date(Date.now() + 60_000).toISOString() };
  const page = await as('sari');
  await expect(page.locator('.action-bar .warn')).toContainText('lain');
  await page.keyboard.press('c');
  await expect(page.locator('.toast.fault')).toBeVisible();
});

test('a second reviewer returns with a note; facts are recorded', async ({ as, mock }) => {
  proposeAll(mock.world);
  const page = await as('budi', 'second');
  await expect(page.locator('.post')).toBeVisible();
  const item = mock.world.items.get(current(page));
  await page.keyboard.press('f');
  await page.locator('dialog select').selectOption('ordered_by_superior');
  await page.locator('dialog button[type=submit]').click();
  await expect.poll(() => item.facts.map(({ fact }) => fact)).toEqual(['ordered_by_superior']);
  await page.keyboard.press('b');
  await expect(page.locator('dialog textarea')).toBeFocused();
  await page.keyboard.type('Tautan kiriman belum ada');
  await page.locator('dialog button[type=submit]').press('Enter');
  await expect.poll(() => item.state).toBe('returned');
});

test('blind review does not show the first verdict', async ({ as, mock }) => {
  const item = mock.world.items.get(3);
  Object.assign(item, { blind: true, state: 'dismissed' });
  const page = await as('budi', 'second/blind');
  await expect(page.locator('.post')).toBeVisible();
  await expect(page.locator('.item-head')).not.toContainText('Diabaikan');
  await page.keyboard.press('p');
  await expect.poll(() => item.blind).toBe(false);
  await expect(page.locator('.empty')).toBeVisible();
});

test('bulk dismissal above the limit waits for a second person', async ({ as, mock, browser }) => {
  const page = await as('sari');
  await expect(page.locator('.pile-row').nth(3)).toBeVisible();
  for (const box of await page.locator('.pile-row input[type=checkbox]').all().then((all) => all.slice(0, 4))) await box.check({ force: true, noWaitAfter: true }).catch(() => {});
  await expect(page.locator('.bulk-bar strong')).toBeVisible();
  const chosen = Number((await page.locator('.bulk-bar strong').textContent()).match(/\d+/)[0]);
  expect(chosen).toBeGreaterThan(3);
  await page.locator('.bulk-bar .primary').click();
  await page.locator('dialog input[value=duplicate]').check();
  await page.locator('dialog button[type=submit]').click();
  await expect.poll(() => mock.world.bulks[0]?.state).toBe('pending');
  const second = await (await browser.newContext()).newPage();
  await second.goto(mock.address);
  await second.fill('input[autocomplete=username]', 'budi');
  await second.fill('input[type=password]', 'kata sandi yang panjang');
  await second.keyboard.press('Enter');
  await expect(second.locator('header .me a')).toBeVisible();
  await second.goto(`${mock.address}/#/second/bulk`);
  await second.locator('.card .primary').click();
  await expect.poll(() => mock.world.bulks[0].state).toBe('done');
  await second.context().close();
});

test('hand-over is closed until whose account it is has been settled', async ({ as, mock }) => {
  const item = mock.world.items.get(1);
  item.subject.ownership = 'probable';
  caseOf(mock.world, item);
  const page = await as('citra', 'cases/case-2024-000001');
  const handOver = page.locator('.action-bar button').nth(1);
  await expect(handOver).toBeDisabled();
  item.subject.ownership = 'declared';
  await page.reload();
  await expect(handOver).toBeEnabled();
  await page.keyboard.press('h');
  await expect(page.locator('dialog input').first()).toBeFocused();
  await page.keyboard.type('Bawaslu Hulu Contoh');
  await page.keyboard.press('Tab');
  await page.keyboard.type('001/CONTOH/2024');
  await page.keyboard.press('Enter');
  await expect(page.locator('.badges')).toContainText('Diserahkan');
});

test('a filter narrows the list, a view keeps it', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.pile-row').first()).toBeVisible();
  await page.getByRole('button', { name: 'Saringan' }).click();
  await page.getByLabel('Instansi').selectOption('Dinas Sosial');
  await expect.poll(async () => new Set(await page.locator('.pile-row .line:nth-child(2) bdi').allTextContents())).toEqual(new Set(['Dinas Sosial']));
  await page.getByLabel('Nama tampilan').fill('Sosial saja');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect.poll(() => mock.world.views[0]?.query).toBe('agency=Dinas+Sosial');
});

test('a session that ended leads back to signing in', async ({ as, mock }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  mock.sessions.clear();
  await page.keyboard.press('c');
  await expect(page.locator('input[autocomplete=username]')).toBeVisible();
});

test('the first start makes an administrator from the printed code', async ({ watched: page, mock }) => {
  mock.world.needed = true;
  await page.goto(mock.address);
  await page.getByLabel('Kode sekali pakai').fill('salah');
  await page.getByLabel('Nama pengguna').fill('kepala');
  await page.getByLabel('Nama lengkap').fill('Kepala Contoh');
  await page.getByLabel('Kata sandi').fill('sebuah kalimat yang panjang');
  await page.getByRole('button', { name: 'Buat administrator' }).click();
  await expect(page.locator('.fault')).toBeVisible();
  await page.getByLabel('Kode sekali pakai').fill(mock.world.code);
  await page.getByRole('button', { name: 'Buat administrator' }).click();
  await expect(page.getByLabel('Kata sandi')).toBeVisible();
  await expect(page.getByLabel('Nama pengguna')).toHaveValue('kepala');
});
