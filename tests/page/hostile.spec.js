// Hostile texts in everything that comes from outside: shown, never run, and the layout holds.
import { caseOf, expect, proposeAll, test } from './fixtures.js';
import { payloads } from './payloads.js';
import { makeWorld } from './mock/world.mjs';

const TEXTS = payloads();
const PARTS = 2;
const PER_ITEM = 8;
const PILE = 25;

/** Texts in handfuls: all of them in the text of one item, and each in some of its other fields. */
const handfuls = (texts) => Array.from({ length: Math.ceil(texts.length / PER_ITEM) }, (none, at) => texts.slice(at * PER_ITEM, (at + 1) * PER_ITEM));

/** A world in which the texts stand in every field of its items. */
function hostileWorld(texts) {
  const world = makeWorld({ people: 2 });
  const model = [...world.items.values()][0];
  world.items.clear();
  world.piles.clear();
  handfuls(texts).forEach((hand, at) => {
    const [first, second, third, fourth] = [0, 1, 2, 3].map((turn) => hand[(at + turn) % hand.length]);
    const text = hand.join(' ');
    const pile = 1 + Math.floor(at / PILE);
    const item = structuredClone(model);
    const bytes = Buffer.byteLength(text);
    const spans = bytes > 4 ? [{ start: 0, end: Buffer.byteLength([...text].slice(0, 2).join('')), pattern: first.slice(0, 200), rule: 'ajakan' }] : [];
    Object.assign(item, { item: at + 1, pile, text, spans, key: second.slice(0, 500), sweep: third, mandate: fourth, platform: at % 2 ? first.slice(0, 60) : 'x', state: 'open', due_at: new Date(world.now + at * 1000).toISOString() });
    item.subject = { ...item.subject, id: first.slice(0, 300), name: second, agency: third, position: fourth, region: first.slice(0, 100), basis: second, ownership: at % 3 ? 'known' : third.slice(0, 50), category: fourth.slice(0, 50) };
    item.flag = { ...item.flag, record: { ...item.flag.record, text, kind: 'comment', url: second, actor: { id: third.slice(0, 99), handle: fourth, name: first }, target: { handle: second } } };
    item.rules[0] = { ...item.rules[0], rule: third.slice(0, 200), pack: fourth.slice(0, 200), title: { id: first, en: second }, text, spans, proposes: [{ id: fourth.slice(0, 40), wording: { id: first }, sanction: second }], candidate: third.slice(0, 50), contest: fourth.slice(0, 50) };
    item.events = [{ at: item.found_at, event: first.slice(0, 50), note: second }];
    item.facts = [{ fact: third.slice(0, 50), note: fourth, staff: { name: first.slice(0, 80) }, at: item.found_at }];
    item.decisions = [{ decision: at, staff: { id: 1, name: second.slice(0, 80) }, at: item.found_at, action: third.slice(0, 40), reason: fourth.slice(0, 40), note: first, proposes: [second.slice(0, 20)], undone_by: null }];
    item.captures = { request: third, status: 200, headers: fourth, received_at: first.slice(0, 40), body_sha256: second, received_sha256: third };
    world.items.set(item.item, item);
    if (!world.piles.has(pile)) world.piles.set(pile, { pile, subject: item.subject, contest: item.contest, candidate: first.slice(0, 50) });
  });
  return world;
}

/** What must not be in the document, and whether anything is wider than the window. */
const inspect = (page) => page.evaluate(() => {
  const known = new Set(['HTML', 'HEAD', 'META', 'TITLE', 'LINK', 'BODY', 'NOSCRIPT', 'DIV', 'A', 'HEADER', 'IMG', 'NAV', 'BUTTON', 'BDI', 'MAIN', 'SECTION', 'H1', 'H2', 'H3', 'H4', 'H5', 'SEARCH', 'INPUT', 'UL', 'OL', 'LI', 'SPAN', 'STRONG', 'P', 'ARTICLE', 'TIME', 'MARK', 'FOOTER', 'DL', 'DT', 'DD', 'CODE', 'Q', 'SMALL', 'DETAILS', 'SUMMARY', 'KBD', 'PRE', 'ASIDE', 'EM', 'SCRIPT', 'DIALOG', 'TEXTAREA', 'LABEL', 'SELECT', 'OPTION', 'FORM', 'TABLE', 'CAPTION', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'B', 'FIELDSET', 'LEGEND']);
  const wrong = [];
  for (const element of document.querySelectorAll('*')) {
    if (!known.has(element.tagName)) wrong.push(element.tagName);
    for (const { name } of element.attributes) if (/^on|^style$|^srcdoc$/i.test(name)) wrong.push(`${element.tagName} ${name}`);
    if (element.tagName === 'SCRIPT' && !element.src.endsWith('/page.js')) wrong.push('a script');
    if (element.tagName === 'IMG' && !element.src.endsWith('/mark.svg')) wrong.push(`image ${element.src}`);
    if (element.tagName === 'A' && element.protocol !== 'http:') wrong.push(`link ${element.href}`);
  }
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over > 0) wrong.push(`wider by ${over}`);
  for (const box of document.querySelectorAll('main, .list, .detail, .item-body')) if (box.scrollWidth > box.clientWidth + 1) wrong.push(`${box.className} wider by ${box.scrollWidth - box.clientWidth}`);
  return wrong;
});

for (let part = 0; part < PARTS; part += 1) {
  const mine = TEXTS.filter((text, at) => at % PARTS === part);
  test(`${mine.length} hostile texts in every field (${part + 1} of ${PARTS})`, async ({ as, mock }) => {
    test.setTimeout(300_000);
    mock.reset(hostileWorld(mine));
    const page = await as('sari');
    await expect(page.locator('.post')).toBeVisible();
    if (part % 2) await page.setViewportSize({ width: 390, height: 844 });
    const wrong = [];
    for (let item = 1; item <= mock.world.items.size; item += 1) {
      await page.evaluate((shown) => { location.hash = `#/triage/${shown}`; }, item);
      await page.waitForFunction((shown) => document.querySelector('.item-head')?.dataset.shown === String(shown), item);
      await page.keyboard.press(item % 2 ? 'e' : 't');
      for (const found of await inspect(page)) wrong.push(`${found}: ${JSON.stringify(mine.slice((item - 1) * PER_ITEM, item * PER_ITEM)).slice(0, 160)}`);
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  });
}

test('the text of a post is what was captured', async ({ as, mock }) => {
  const text = 'Ayo <b>coblos</b> \u202enomor 2\u202c <img src=x onerror=alert(1)> 😀 akhir';
  const item = mock.world.items.get(1);
  const start = Buffer.byteLength(text.slice(0, text.indexOf('😀')));
  Object.assign(item, { text, spans: [{ start, end: start + 4, pattern: 'emoji', rule: 'ajakan' }] });
  const page = await as('sari', 'triage/1');
  await expect(page.locator('.captured mark')).toHaveText('😀');
  await expect(page.locator('.captured')).toHaveText(text.replace('\u202e', 'U+202E').replace('\u202c', 'U+202C'));
  await expect(page.locator('.captured b, .captured img')).toHaveCount(0);
});

test('links lead out only by https, through a page that says where', async ({ as, mock }) => {
  const item = mock.world.items.get(1);
  item.text = 'lihat https://contoh.example/a dan http://lama.example/b dan javascript:alert(1)';
  item.spans = [];
  item.flag.record.url = 'javascript:alert(1)';
  const page = await as('sari', 'triage/1');
  await expect(page.locator('.links button')).toHaveCount(1);
  await expect(page.locator('.links')).toContainText('http://lama.example/b');
  await page.locator('.links button').click();
  const link = page.locator('dialog a');
  await expect(link).toHaveAttribute('href', 'https://contoh.example/a');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(page.locator('dialog')).toContainText('contoh.example');
});

test('other views hold against hostile names, notes and numbers', async ({ as, mock, watched: page }) => {
  const world = hostileWorld(TEXTS.filter((text, at) => at % 40 === 0));
  proposeAll(world, 2);
  caseOf(world, world.items.get(1));
  world.views = TEXTS.slice(0, 30).map((text, at) => ({ id: at, name: text.slice(0, 80), query: text.slice(0, 80) }));
  world.bulks = TEXTS.slice(0, 30).map((text, at) => ({ bulk: at, staff: text.slice(0, 60), at: text.slice(0, 30), reason: text.slice(0, 40), note: text, state: 'pending', count: 1, list: [] }));
  world.audit = TEXTS.slice(0, 80).map((text, at) => ({ seq: at, at: text.slice(0, 20), staff: text.slice(0, 60), action: text.slice(0, 60), object: text, detail: { text }, hash: text }));
  world.packs = TEXTS.slice(0, 30).map((text, at) => ({ id: at, pack: text.slice(0, 60), version: text.slice(0, 60), state: 'draft', author: text.slice(0, 60), at: text.slice(0, 20), text }));
  world.staff.push(...TEXTS.slice(0, 30).map((text, at) => ({ id: 100 + at, name: text.slice(0, 60), full_name: text.slice(0, 200), roles: [text.slice(0, 30)], scopes: [{ contest: text.slice(0, 60), region: text.slice(0, 60) }], is_active: true })));
  mock.reset(world);
  const visits = [['budi', 'second', 'second/bulk', 'cases/1'], ['dewi', 'rules'], ['eko', 'audit'], ['fajar', 'staff']];
  for (const [name, ...views] of visits) {
    await page.context().clearCookies();
    await page.goto('about:blank');
    await as(name);
    for (const view of views) {
      await page.goto(`${mock.address}/#/${view}`);
      await page.waitForTimeout(400);
      expect(await inspect(page), view).toEqual([]);
    }
  }
});
