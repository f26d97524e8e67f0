// The rest of the mock's API: statistics, graph, audit, staff, imports, rules.
const rfc = (ms = Date.now()) => new Date(ms).toISOString();
const tally = (items, name) => {
  const counts = new Map();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return [...counts].map(([key, flags]) => ({ name: key, flags }));
};

function statistics({ world }) {
  const items = [...world.items.values()];
  const over_time = [];
  for (let day = 0; day < 40; day += 1) {
    const at = new Date(world.now - (40 - day) * 86_400_000).toISOString().slice(0, 10);
    const stage = day < 10 ? 'before' : day < 16 ? 'determined' : day < 36 ? 'campaign' : 'quiet';
    over_time.push({ day: at, stage, flags: 3 + ((day * 7) % 11) + (stage === 'campaign' ? 8 : 0) });
  }
  return {
    over_time, by_kind: tally(items, ({ kind }) => kind), by_agency: tally(items, ({ subject }) => subject.agency), by_region: [{ name: '98.08', flags: 61 }, { name: '98.08.02', flags: 24 }],
    by_candidate: ['1', '2', '3'].map((candidate) => ({ contest: 'pilbup-hulu-contoh-2024', candidate, flags: items.filter((item) => item.candidate === candidate).length })),
    rules: [{ rule: 'ajakan', flags: 62, confirmed: 31, dismissed: 6, precision: 0.84, low: 0.69, high: 0.92, warning: false }, { rule: 'suka-akun', flags: 41, confirmed: 8, dismissed: 19, precision: 0.3, low: 0.16, high: 0.49, warning: true }],
    workload: [{ staff: { id: 1, name: 'sari' }, decisions: 120, median_seconds: 7.4 }], clock: { overdue: 3, due_1: 5, due_3: 12, due_7: 40, later: 0 }, kappa: { n: 38, kappa: 0.81 },
  };
}

function graph({ world }) {
  const links = [...world.piles.values()].map((pile, at) => ({ subject: pile.subject.id, account: `instagram/@calon${pile.candidate}_resmi`, kind: ['like', 'follow', 'comment'][at % 3], count: 1 + (at % 6) }));
  return { subjects: [], accounts: [], links, truncated: false };
}

/** An act seen step by step: a call if it has the word, and nothing else. */
function tried({ world, body: { record, region } }) {
  const { contest, candidate, pack } = [...world.items.values()].flatMap(({ rules }) => rules).find(({ rule }) => rule === 'ajakan');
  const start = record.text.toLowerCase().indexOf('coblos');
  const of = { contest, candidate, via: 'mention', stage: 'campaign' };
  return {
    flagged: false, holds: start >= 0, subject: null, region, at: record.created_at, text: record.text, plain: record.text.toLowerCase(), undisguised: null,
    targets: [], mentions: [], stages: [{ contest, stage: 'campaign', class: 'discipline' }],
    patterns: start < 0 ? [] : [{ pack, pattern: 'ajakan-memilih', spans: [{ start, end: start + 6 }] }],
    rules: [
      { rule: 'ajakan', pack, level: 'high', holds: start >= 0, ...of, unmet: start < 0 ? 'any' : null, pattern: null, because: start < 0 ? 'none of ajakan-memilih is found' : null },
      { rule: 'suka-akun', pack, level: 'low', holds: false, contest: null, candidate: null, via: null, stage: null, unmet: 'kinds', pattern: null, because: 'it does not look at a post' },
    ],
  };
}

function compared({ world }) {
  const [a, b] = [...world.items.values()];
  return {
    active: 'skb-2022@2024.1', edited: 'skb-2022@2024.2', items: world.items.size, unread: 0, all_items: true, new_beyond_items_unknown: true,
    new: [{ item: a.item, key: a.key, state: a.state, rule: 'ajakan', what: [] }], new_count: 1,
    lost: [{ item: b.item, key: b.key, state: 'dismissed', rule: 'ajakan', what: [] }], lost_count: 7,
    changed: [], changed_count: 0, same_count: 3, rules: [{ rule: 'ajakan', new: 1, lost: 7, changed: 0, same: 3 }],
  };
}

function check({ body }) {
  const lines = body.text.split('\n');
  const at = lines.findIndex((line) => /^\s*salah/.test(line));
  return { mistakes: at < 0 ? [] : [{ line: at + 1, column: 1, message: 'unknown key "salah"' }] };
}

function imported({ body }) {
  const lines = body.csv.trim().split(/\r?\n/);
  const errors = lines.slice(1).flatMap((line, at) => (line.split(',').every((cell) => cell === '') || !line.includes(',') ? [{ line: at + 2, column: 1, reason: 'subject_id is missing' }] : []));
  return { id: 0, rows: lines.length - 1, errors, errors_in_all: errors.length };
}

const publicStaff = ({ id, name, full_name, roles, scopes, is_active, totp, language }) => ({ id, name, full_name, roles, scopes, disabled: !is_active, totp: Boolean(totp), language });

export const records = (refuse) => {
  const staffOf = (world, id) => world.staff.find((one) => String(one.id) === id) ?? refuse(404, 'not_found');
  return [
    ['GET', /^\/statistics$/, statistics], ['GET', /^\/graph$/, graph],
    ['GET', /^\/audit$/, ({ world }) => ({ rows: [...world.audit].reverse().slice(0, 100), next: null })],
    ['GET', /^\/audit\/check$/, ({ world }) => ({ ok: true, rows: world.audit.length, broken_at: null })],
    ['GET', /^\/people\/([^/]+)\/report$/, ({ world, params: [id] }) => {
      const held = [...world.items.values()].filter((item) => item.subject.id === id);
      if (!held.length) refuse(404, 'not_found');
      return { subject: held[0].subject, items: held.map(({ key, state, found_at }) => ({ key, state, found_at })), reads: world.audit.filter(({ action }) => action === 'read_item').slice(-20).map(({ at, staff, object }) => ({ at, staff, object })) };
    }],
    ['GET', /^\/retention$/, () => ({ rows: [{ state: 'unreviewed', due: 12 }, { state: 'dismissed', due: 40 }, { state: 'held_back', due: 3 }, { state: 'sessions', due: 8 }] })], ['POST', /^\/retention\/run$/, () => ({ rows: [{ state: 'unreviewed', due: 12 }, { state: 'dismissed', due: 40 }, { state: 'held_back', due: 3 }, { state: 'sessions', due: 8 }], removed: 52 })],
    ['GET', /^\/settings$/, () => ({ rows: [['clock', 'calendar'], ['clock_days', '7'], ['holidays', ''], ['bulk_max', '20'], ['blind_percent', '5']].map(([name, value]) => ({ name, value, standard: value })) })],
    ['POST', /^\/settings$/, () => ({})],
    ['GET', /^\/staff$/, ({ world }) => ({ rows: world.staff.map(publicStaff) })],
    ['POST', /^\/staff$/, ({ world, body }) => { world.staff.push({ id: world.staff.length + 1, is_active: true, language: 'id', ...body }); return { id: world.staff.length }; }],
    ['POST', /^\/staff\/([^/]+)\/disable$/, ({ world, params: [id] }) => { staffOf(world, id).is_active = false; return {}; }],
    ['POST', /^\/staff\/([^/]+)\/enable$/, ({ world, params: [id] }) => { staffOf(world, id).is_active = true; return {}; }],
    ['POST', /^\/staff\/([^/]+)\/roles$/, ({ world, params: [id], body }) => { staffOf(world, id).roles = body.roles; return {}; }],
    ['POST', /^\/staff\/([^/]+)\/scopes$/, ({ world, params: [id], body }) => { staffOf(world, id).scopes = body.scopes; return {}; }],
    ['POST', /^\/staff\/([^/]+)\/end-sessions$/, () => ({})],
    ['POST', /^\/lists\/(roster|campaign)$/, imported],
    ['GET', /^\/packs$/, ({ world }) => ({ rows: world.packs.map(({ text, ...pack }) => pack) })],
    ['GET', /^\/packs\/([^/]+)\/([^/]+)$/, ({ world, params: [pack, version] }) => world.packs.find((one) => one.pack === pack && one.version === version) ?? refuse(404, 'not_found')],
    ['POST', /^\/packs\/check$/, check],
    ['POST', /^\/packs\/try$/, tried],
    ['POST', /^\/packs\/diff$/, compared],
    ['POST', /^\/packs$/, ({ world, body, staff }) => { world.packs.push({ id: world.packs.length + 1, pack: 'skb-2022', version: `2024.${world.packs.length + 1}`, state: 'draft', author: staff.name, saved_at: rfc(), text: body.text }); return { id: world.packs.length }; }],
    ['POST', /^\/packs\/([^/]+)\/activate$/, ({ world, params: [id] }) => { for (const pack of world.packs) pack.state = String(pack.id) === id ? 'active' : 'retired'; return {}; }],
  ];
};
