// What every test of the page begins with: a mock server per worker, and a page that must not do what a page
// under this policy never does: open a dialog, break the policy, load from elsewhere, throw.
import { test as base, expect } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { Mock } from './mock/server.mjs';
import { PASSWORD, makeWorld } from './mock/world.mjs';

const BUILT = process.env.PANTAU_PAGE ?? fileURLToPath(new URL('../../build/page', import.meta.url));
export { expect };

/** Faults of a page, as a list that stays empty. */
export function watch(page, address) {
  const faults = [];
  page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => { if (/content security policy|trusted ?(type|html)/i.test(message.text())) faults.push(message.text()); });
  page.on('request', (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) faults.push(`outside request: ${request.url()}`); });
  page.on('popup', (popup) => faults.push(`popup: ${popup.url()}`));
  return faults;
}

export async function typeSignIn(page, address, name, { totp, password = PASSWORD } = {}) {
  await page.goto(address);
  await expect(page.locator('input[autocomplete=username]')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  if (totp) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(totp);
  }
  await page.keyboard.press('Enter');
  await expect(page.locator('header .me a')).toBeVisible();
}

export async function signOutByKeyboard(page) {
  await page.locator('header .me button').last().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('input[autocomplete=username]')).toBeVisible();
}

export const test = base.extend({
  server: [async ({}, use) => {
    const mock = await new Mock(BUILT).start();
    await use(mock);
    await mock.stop();
  }, { scope: 'worker' }],
  mock: async ({ server }, use) => {
    server.reset(makeWorld());
    await use(server);
    expect(server.reports, 'reports of a broken policy').toEqual([]);
  },
  watched: async ({ page, mock }, use) => {
    const faults = watch(page, mock.address);
    await use(page);
    expect(faults).toEqual([]);
  },
  as: async ({ watched, mock }, use) => {
    await use(async (name, path = '') => {
      await typeSignIn(watched, mock.address, name, { totp: name === 'citra' ? '123456' : undefined });
      if (path) await watched.goto(`${mock.address}/#/${path}`);
      return watched;
    });
  },
});

/** Items as they would be after somebody proposed them. */
export function proposeAll(world, every = 5) {
  for (const item of world.items.values()) {
    if (item.item % every !== 0) continue;
    item.state = 'proposed';
    item.decisions.push({ decision: 1000 + item.item, staff: { id: 1, name: 'sari' }, at: new Date(world.now).toISOString(), action: 'propose', from: 'open', proposes: ['DS-2'], undone_by: null });
  }
}

/** A case as it would be after two people agreed. */
export function caseOf(world, item) {
  item.state = 'confirmed';
  world.cases.set('case-2024-000001', { case: 1, number: 'case-2024-000001', pile: item.pile, state: 'open', items: [item], identity: [], holds: [], handover: null, opened_at: new Date(world.now).toISOString(), contest: item.contest, candidate: item.candidate, subject: item.subject });
}
