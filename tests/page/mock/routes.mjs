// The API of the review page, as far as the page uses it: made-up data, but the rules of the workflow that
// the page must cope with (leases, second persons, undo) are kept.
import { createHash } from 'node:crypto';
import { CONTESTS, SKB, WAITING, pileRow, rowOf } from './world.mjs';
import { records } from './records.mjs';

const UNDO_MS = 10_000;
const LEASE_MS = 600_000;
const BULK_MAX = 3;
const ROWS_MAX = 200;
export class Refusal extends Error {
  constructor(status, code, message) { super(message); this.status = status; this.code = code; }
}
const refuse = (status, code, message = code) => { throw new Refusal(status, code, message); };
const rfc = (ms = Date.now()) => new Date(ms).toISOString();
const who = (staff) => ({ id: staff.id, name: staff.name });
export const log = (world, staff, action, object, detail) => world.audit.push({ seq: world.audit.length + 1, at: rfc(), staff: staff.name, action, object: String(object), detail, hash: createHash('sha256').update(`${world.audit.length}${action}`).digest('hex') });

function page(rows, query) {
  const from = Number(query.after ?? 0);
  const limit = Number(query.limit ?? 50);
  if (limit > ROWS_MAX) refuse(422, 'invalid', 'limit');
  const next = from + limit < rows.length ? String(from + limit) : null;
  return { rows: rows.slice(from, from + limit), next };
}
const itemOf = (world, id) => world.items.get(Number(id)) ?? refuse(404, 'not_found');
const FILTERS = ['level', 'stage', 'kind', 'platform', 'contest', 'candidate'];
function matching(world, query) {
  return [...world.items.values()].filter((item) =>
    FILTERS.every((name) => !query[name] || item[name] === query[name]) && (!query.ownership || item.subject.ownership === query.ownership) &&
    (!query.agency || item.subject.agency === query.agency) && (!query.region || item.subject.region.startsWith(query.region)) &&
    (!query.rule || item.rules.some(({ rule }) => rule === query.rule)) && (query.state ? item.state === query.state : true) &&
    (!query.q || item.text.toLowerCase().includes(query.q.toLowerCase())));
}
const byDue = (a, b) => String(a.due_at ?? '9').localeCompare(String(b.due_at ?? '9'));

// A made-up ranking, which a test switches on.
const chanceOf = (item) => ((Number(item.item) * 37) % 100) / 100;
const byChance = (a, b) => chanceOf(b) - chanceOf(a) || byDue(a, b);
const REASONS = [{ feature: 'pair:<candidate> menang', weight: 1.25 }, { feature: 'via:mention', weight: 0.5 }, { feature: 'word:<b>berita', weight: -0.75 }];
function checkSort(world, query) {
  if (query.sort === 'chance' && !world.ranked) refuse(422, 'invalid', 'no learned ranking is switched on');
  return query.sort === 'chance' ? byChance : byDue;
}

function piles({ world, query }) {
  const wanted = new Set(matching(world, query).filter((item) => query.state || WAITING.has(item.state)).map(({ pile }) => pile));
  let rows = [...world.piles.values()].filter(({ pile }) => wanted.has(pile)).map((pile) => pileRow(world, pile)).sort(byDue);
  if (checkSort(world, query) === byChance) {
    const best = ({ pile }) => [...world.items.values()].filter((item) => item.pile === pile && WAITING.has(item.state)).sort(byChance)[0];
    rows.sort((a, b) => byChance(best(a), best(b)));
  }
  if (query.days_left_max) rows = rows.filter((row) => row.days_left <= Number(query.days_left_max));
  return page(rows, query);
}

function view({ world, staff, params: [id] }) {
  const item = itemOf(world, id);
  log(world, staff, 'read_item', item.key);
  const { fence, pile, ...shown } = item;
  const others = [...world.items.values()].filter((other) => other.subject.id === item.subject.id && other !== item).map((other) => rowOf(world, other));
  const ranking = world.ranked && WAITING.has(item.state) ? { version: 3, chance: chanceOf(item), reasons: REASONS } : null;
  return { ...shown, ranking, claim: item.claim && Date.parse(item.claim.until) > Date.now() ? item.claim : null, others };
}

const needed = (item) => (item.state === 'proposed' ? 'second_reviewer' : 'analyst');
const alive = (item) => item.claim && Date.parse(item.claim.until) > Date.now();
function claim({ world, staff, params: [id] }) {
  const item = itemOf(world, id);
  if (!staff.roles.includes(needed(item))) refuse(403, 'forbidden');
  if (alive(item) && item.claim.staff.id !== staff.id) refuse(409, 'conflict', 'somebody else has claimed it');
  if (item.state === 'proposed' && item.decisions.at(-1)?.staff.id === staff.id) refuse(409, 'same_person');
  if (!alive(item)) item.fence += 1;
  item.claim = { staff: who(staff), fence: item.fence, until: rfc(Date.now() + LEASE_MS) };
  return { fence: item.fence, until: item.claim.until };
}
const release = ({ world, params: [id] }) => { itemOf(world, id).claim = null; return {}; };

const NEXT = { dismiss: 'dismissed', needs_info: 'needs_info', propose: 'proposed', confirm: 'confirmed', return: 'returned' };
function intoCase(world, item) {
  const number = `case-2024-${String(world.cases.size + 1).padStart(6, '0')}`;
  const known = [...world.cases.values()].find((one) => one.pile === item.pile) ?? { case: world.cases.size + 1, number, pile: item.pile, state: 'open', items: [], identity: [], holds: [], handover: null, opened_at: rfc(), contest: item.contest, candidate: item.candidate, subject: item.subject };
  known.items.push(item);
  world.cases.set(known.number, known);
  return known.number;
}
function decide({ world, staff, params: [id], body }) {
  const item = itemOf(world, id);
  if (!alive(item) || item.claim.staff.id !== staff.id || item.claim.fence !== body.fence) refuse(409, 'late');
  if (!NEXT[body.action]) refuse(400, 'invalid', 'no such action');
  const second = body.action === 'confirm' || body.action === 'return';
  if (second !== (item.state === 'proposed')) refuse(409, 'conflict');
  const decision = { decision: (world.decisions = (world.decisions ?? 0) + 1), staff: who(staff), at: rfc(), action: body.action, from: item.state, reason: body.reason, note: body.note, proposes: body.proposes ?? [], undone_by: null, item: item.item };
  item.decisions.push(decision);
  for (const fact of body.facts ?? []) item.facts.push({ fact: fact.fact ?? fact, note: '', staff: who(staff), at: rfc() });
  item.state = NEXT[body.action];
  item.claim = null;
  const number = body.action === 'confirm' ? intoCase(world, item) : undefined;
  log(world, staff, body.action, item.key, { reason: body.reason });
  return { decision: decision.decision, state: item.state, undo_until: rfc(Date.now() + UNDO_MS), ...(number && { case: number }) };
}
function undo({ world, staff, params: [id] }) {
  for (const item of world.items.values()) {
    const decision = item.decisions.find((one) => String(one.decision) === id);
    if (!decision) continue;
    if (decision.staff.id !== staff.id || Date.now() - Date.parse(decision.at) > UNDO_MS || item.decisions.at(-1) !== decision) refuse(409, 'conflict');
    decision.undone_by = decision.decision;
    item.state = decision.from;
    return { decision: decision.decision, state: item.state };
  }
  return refuse(404, 'not_found');
}
function addFact({ world, staff, params: [id], body }) {
  itemOf(world, id).facts.push({ fact: body.fact, note: body.note, staff: who(staff), at: rfc() });
  return {};
}
function bulkDismiss({ world, staff, body }) {
  const pending = body.items.length > BULK_MAX;
  const bulk = { bulk: world.bulks.length + 1, staff: who(staff), at: rfc(), reason: body.reason, note: body.note ?? '', state: pending ? 'pending' : 'done', count: body.items.length, list: body.items };
  world.bulks.push(bulk);
  for (const id of body.items) itemOf(world, id).state = pending ? 'pending_dismissal' : 'dismissed';
  return { bulk: bulk.bulk, state: bulk.state, items: body.items.length, skipped: [] };
}
const endBulk = (bulkState, itemState) => ({ world, params: [id] }) => {
  const bulk = world.bulks.find((one) => String(one.bulk) === id) ?? refuse(404, 'not_found');
  bulk.state = bulkState;
  for (const item of bulk.list) itemOf(world, item).state = itemState;
  return { bulk: bulk.bulk, state: bulk.state };
};

const caseOf = (world, id) => [...world.cases.values()].find((one) => one.number === id || String(one.case) === id) ?? refuse(404, 'not_found');
const SURE = ['declared', 'confirmed'];
function caseView(world, one) {
  const accounts = one.items.map((item) => ({ platform: item.platform, account: item.flag.record.actor.id, ownership: item.subject.ownership }))
    .map((account) => ({ ...account, is_settled: SURE.includes(account.ownership) || one.identity.some((step) => step.platform === account.platform && step.account === account.account) }));
  return { ...one, items: one.items.map((item) => rowOf(world, item)), decisions: one.items.flatMap(({ decisions }) => decisions), accounts };
}
function identity({ world, staff, params: [id], body }) {
  const bytes = Buffer.from(body.evidence_base64, 'base64');
  caseOf(world, id).identity.push({ id: 1, platform: body.platform, account: body.account, description: body.description, media_type: body.media_type, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, staff: who(staff), at: rfc() });
  return {};
}
function handOver({ world, staff, params: [id], body }) {
  const one = caseOf(world, id);
  if (caseView(world, one).accounts.some(({ is_settled: settled }) => !settled)) refuse(409, 'conflict', 'an account is not settled');
  one.state = 'handed_over';
  one.handover = { to: body.to, number: body.number, staff: who(staff), at: rfc() };
  return {};
}
function exported({ world, staff, params: [id], body }) {
  log(world, staff, 'export', id, { masked: body.masked });
  return { link: `/cases/${id}/bag/1`, masked: body.masked, sha256: '12'.repeat(32) };
}

export const routes = [
  ['GET', /^\/contests$/, () => ({ rows: CONTESTS })], ['GET', /^\/skb$/, () => ({ rows: SKB })],
  ['GET', /^\/filters$/, ({ world }) => {
    const of = (name) => [...new Set([...world.items.values()].map(name))].sort();
    return { candidates: [], agencies: of(({ subject }) => subject.agency), regions: ['98.08'], rules: of(({ rules }) => rules[0].rule), platforms: of(({ platform }) => platform), sorts: world.ranked ? ['due', 'chance'] : ['due'] };
  }],
  ['GET', /^\/piles$/, piles],
  ['GET', /^\/piles\/([^/]+)\/items$/, ({ world, params: [id], query }) => page([...world.items.values()].filter((item) => String(item.pile) === id).sort(checkSort(world, query)).map((item) => rowOf(world, item)), query)],
  ['GET', /^\/items$/, ({ world, query }) => page(matching(world, query).sort(checkSort(world, query)).map((item) => rowOf(world, item)), query)],
  ['GET', /^\/items\/([^/]+)$/, view],
  ['POST', /^\/items\/release-held$/, ({ world, body }) => { for (const id of body.items) itemOf(world, id).state = 'open'; return {}; }],
  ['POST', /^\/items\/([^/]+)\/reopen$/, ({ world, params: [id] }) => { itemOf(world, id).state = 'open'; return {}; }],
  ['POST', /^\/items\/([^/]+)\/claim$/, claim], ['POST', /^\/items\/([^/]+)\/renew$/, claim], ['POST', /^\/items\/([^/]+)\/release$/, release],
  ['POST', /^\/items\/([^/]+)\/decide$/, decide], ['POST', /^\/items\/([^/]+)\/facts$/, addFact], ['POST', /^\/decisions\/([^/]+)\/undo$/, undo],
  ['POST', /^\/bulk\/dismiss$/, bulkDismiss], ['GET', /^\/bulk$/, ({ world }) => page(world.bulks.filter(({ state }) => state === 'pending').map(({ list, ...bulk }) => bulk), {})],
  ['GET', /^\/bulk\/([^/]+)\/items$/, ({ world, params: [id] }) => page(world.bulks.find((one) => String(one.bulk) === id).list.map((item) => rowOf(world, itemOf(world, item))), { limit: ROWS_MAX })],
  ['POST', /^\/bulk\/([^/]+)\/approve$/, endBulk('done', 'dismissed')], ['POST', /^\/bulk\/([^/]+)\/refuse$/, endBulk('refused', 'open')],
  ['GET', /^\/blind\/next$/, ({ world }) => ({ item: [...world.items.values()].find((item) => item.blind)?.item ?? null })],
  ['POST', /^\/blind\/([^/]+)$/, ({ world, params: [id] }) => { itemOf(world, id).blind = false; return {}; }],
  ['GET', /^\/views$/, ({ world }) => ({ rows: world.views })],
  ['POST', /^\/views$/, ({ world, body }) => { world.views.push({ id: world.views.length + 1, ...body }); return { id: world.views.length }; }],
  ['POST', /^\/views\/([^/]+)\/delete$/, ({ world, params: [id] }) => { world.views = world.views.filter((one) => String(one.id) !== id); return {}; }],
  ['GET', /^\/cases$/, ({ world, query }) => page([...world.cases.values()].map((one) => ({ ...one, items: one.items.length })), query)],
  ['GET', /^\/cases\/([^/]+)$/, ({ world, params: [id] }) => caseView(world, caseOf(world, id))],
  ['POST', /^\/cases\/([^/]+)\/identity$/, identity], ['POST', /^\/cases\/([^/]+)\/hand-over$/, handOver], ['POST', /^\/cases\/([^/]+)\/export$/, exported],
  ['POST', /^\/cases\/([^/]+)\/hold$/, ({ world, staff, params: [id], body }) => { caseOf(world, id).holds.push({ hold: 1, reason: body.reason, staff: staff.name, at: rfc(), approved_by: null, released_by: null }); return {}; }],
  ...records(refuse),
];
