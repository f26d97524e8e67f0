// From signing in to the exported bag without a mouse, over the mock server; program.spec.js does the same with
// the program itself.
import { expect, signOutByKeyboard, test, typeSignIn } from './fixtures.js';
import { confirmFirst, exportFirst, proposeFirst } from './path.js';

test('the whole path by keyboard', async ({ watched: page, mock }) => {
  for (const item of mock.world.items.values()) item.subject.ownership = 'known';
  await typeSignIn(page, mock.address, 'sari');
  await proposeFirst(page);
  await signOutByKeyboard(page);
  await typeSignIn(page, mock.address, 'budi');
  await confirmFirst(page);
  await signOutByKeyboard(page);
  await typeSignIn(page, mock.address, 'citra', { totp: '123456' });
  const saved = await exportFirst(page);
  expect(saved.suggestedFilename()).toMatch(/\.(zip|tar)$/);
  expect(mock.world.audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['propose', 'confirm', 'export']));
});

test('keys of the list: next, previous, select, search, panes, help', async ({ as }) => {
  const page = await as('sari');
  await expect(page.locator('.item-row.is-current')).toHaveCount(1);
  const first = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(first);
  await page.keyboard.press('x');
  await expect(page.locator('.bulk-bar')).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.locator('.bulk-bar')).toHaveCount(0);
  await expect(page.locator('.post')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.locator('.pane pre')).toContainText('"platform"');
  await page.keyboard.press('t');
  await expect(page.locator('.history')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.locator('.rule pre').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.locator('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.locator('input[type=search]')).toBeFocused();
  await page.keyboard.type('jdkx');
  await expect(page.locator('input[type=search]')).toHaveValue('jdkx');
});

test('single-letter keys can be switched off', async ({ as }) => {
  const page = await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  await page.keyboard.press('?');
  await page.locator('dialog input[type=checkbox]').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.locator('dialog')).toHaveCount(0);
});
