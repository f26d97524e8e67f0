// Every view in both languages, on a desk and on a phone: no serious finding of axe, nothing wider than the
// window, and a picture of it in build/page-pictures to look at.
import AxeBuilder from '@axe-core/playwright';
import { caseOf, expect, proposeAll, test } from './fixtures.js';

const VIEWS = {
  sari: ['triage', 'statistics', 'graph', 'account'], budi: ['second', 'second/blind', 'second/bulk'], citra: ['cases', 'cases/case-2024-000001'],
  dewi: ['rules'], eko: ['audit', 'people'], fajar: ['staff', 'imports', 'retention', 'settings'],
};
const SIZES = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };
const PICTURES = '../../build/page-pictures';

/** Colour and structure only; what it finds as serious or worse. */
async function serious(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 120)} (${any[0]?.message ?? ''})`).join(' | ')}`);
}
const over = (page) => page.evaluate(() => Math.max(...[...document.querySelectorAll('html, main, .list, .detail, .item-body')].map((box) => box.scrollWidth - box.clientWidth)));

function fill(world) {
  proposeAll(world);
  caseOf(world, world.items.get(1));
  world.items.get(2).blind = true;
  world.bulks.push({ bulk: 1, staff: 'sari', at: new Date(world.now).toISOString(), reason: 'duplicate', note: 'Siaran yang sama', state: 'pending', count: 4, list: [3, 4] });
}

async function look(page, name, faults, { axe = true } = {}) {
  if (axe) faults.push(...(await serious(page)).map((found) => `${name}: ${found}`));
  const wider = await over(page);
  if (wider > 0) faults.push(`${name}: wider by ${wider}`);
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const [name, views] of Object.entries(VIEWS)) {
    test(`${name}'s views on a ${size}`, async ({ as, mock }) => {
      test.setTimeout(300_000);
      fill(mock.world);
      const page = await as(name);
      await page.setViewportSize(viewport);
      const faults = [];
      for (const language of ['id', 'en']) {
        await page.locator(`.languages button[lang=${language}]`).click();
        for (const view of views) {
          await page.goto(`${mock.address}/#/${view}`);
          await page.waitForLoadState('networkidle');
          await expect(page.locator('.loading')).toHaveCount(0);
          // The structure is the same in both languages: on a phone axe looks at one of them.
          await look(page, `${size}-${language}-${view.replace('/', '-')}`, faults, { axe: size === 'desk' || language === 'id' });
        }
      }
      expect(faults).toEqual([]);
    });
  }
}

test('signing in and the dialogs', async ({ watched: page, mock, as }) => {
  test.setTimeout(300_000);
  const faults = [];
  await page.goto(mock.address);
  await expect(page.locator('form')).toBeVisible();
  await look(page, 'desk-id-sign-in', faults);
  await as('sari');
  await expect(page.locator('.post')).toBeVisible();
  for (const [key, name] of [['d', 'dismiss'], ['p', 'propose'], ['?', 'help']]) {
    await page.keyboard.press(key);
    await expect(page.locator('dialog')).toBeVisible();
    await look(page, `desk-id-${name}`, faults);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
  }
  await page.setViewportSize(SIZES.phone);
  await look(page, 'phone-id-item', faults);
  expect(faults).toEqual([]);
});
