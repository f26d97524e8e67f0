// The steps from a flag to a bag, by keyboard alone. The same steps run against the mock and the program.
import { expect } from './fixtures.js';

/** As an analyst: claims the first item, proposes what its rules propose. */
export async function proposeFirst(page) {
  await expect(page.locator('.post')).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.locator('.lease')).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.locator('dialog .check strong').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast.done')).toBeVisible();
}

/** As a second reviewer: confirms the first proposal into a case. */
export async function confirmFirst(page) {
  await page.keyboard.press('m');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.badges .state-proposed')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.locator('dialog .check strong').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast.done')).toBeVisible();
}

/** As a case handler: settles whose account it is where that is open, exports, saves the bag. */
export async function exportFirst(page) {
  await expect(page.locator('.list .item-row a').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('.item-head h2')).toContainText('case-');
  if (await page.locator('.ownership.unsure').count()) {
    await expect(page.locator('.action-bar .warn')).toBeVisible();
    await page.keyboard.press('i');
    await expect(page.locator('dialog textarea')).toBeFocused();
    await page.keyboard.type('Klarifikasi di kantor, berita acara terlampir');
    // A file is chosen in a window of the desktop's, which no test can type into.
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'ba.txt', mimeType: 'text/plain', buffer: Buffer.from('berita acara') });
    await page.locator('dialog input[type=file]').press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('dialog')).toHaveCount(0);
    await expect(page.locator('.ownership.sure').first()).toBeVisible();
  }
  await page.keyboard.press('w');
  await expect(page.locator('dialog input[type=radio]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#bag-link')).toBeFocused({ timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  return download;
}
