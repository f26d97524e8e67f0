// A made-up regency: people, posts and flags in the shapes of the API. Nobody in it exists.
import { generator } from './random.mjs';

const FIRST = ['Sari', 'Budi', 'Nisa', 'Hendra', 'Yani', 'Rahmat', 'Lina', 'Taufik', 'Mega', 'Arif', 'Wulan', 'Joko', 'Dian', 'Fitri'];
const LAST = ['Maruwesi', 'Palarengganu', 'Banukencari', 'Ramalestanu', 'Contohadi', 'Misalwati', 'Umpamanto', 'Reka Saputri'];
const AGENCIES = ['Dinas Sosial', 'Dinas PUPR', 'Kecamatan Padang Ilir', 'SMPN 2 Hulu Contoh', 'RSUD Hulu Contoh', 'Dinas Perikanan'];
const POSITIONS = ['Guru Ahli Muda', 'Analis Kebijakan', 'Dokter', 'Pengelola Keuangan', 'Camat', 'Perawat'];
const CONTEST = 'pilbup-hulu-contoh-2024';
export const CONTESTS = [{
  id: CONTEST, region: '98.08', type: 'pilbup', voting: '2024-11-27',
  candidates: [{ id: '1', number: 1, names: ['Fulan–Siti'] }, { id: '2', number: 2, names: ['Anu–Polan'] }, { id: '3', number: 3, names: ['Badu–Rina'] }],
}];
export const SKB = [
  ['KE-2', 'Sosialisasi/kampanye media sosial/online bakal calon'], ['KE-4', 'Membuat posting, comment, share, like, bergabung/follow dalam grup/akun pemenangan bakal calon'],
  ['KE-5', 'Memposting foto bersama bakal calon pada media sosial'], ['DS-2', 'Sosialisasi/kampanye media sosial/online calon'],
  ['DS-6', 'Membuat posting, comment, share, like, bergabung/follow dalam grup/akun pemenangan calon'], ['DS-7', 'Memposting foto bersama calon dengan simbol keberpihakan'],
].map(([id, wording]) => ({ id, wording: { id: wording }, sanction: id.startsWith('KE') ? 'Sanksi moral' : 'Hukuman disiplin berat' }));

// {pattern} marks a place that a rule matched.
const TEXTS = [
  ['post', '{Ayo kita coblos|ajakan-memilih} {nomor urut 2|@number}! Demi Hulu Contoh yang lebih maju, ajak keluarga dan tetangga ke TPS 🙏'],
  ['comment', 'Siap, {menangkan|ajakan-memilih} {Fulan-Siti|@name} sampai pelosok. Warga Padang Ilir kompak! 💪'],
  ['post', 'Alhamdulillah hadir di deklarasi. {#FulanSitiMenang|#hashtag} {pilihan kami|dukungan-diri} sekeluarga'],
  ['share', '{Dukung terus|dukungan} {@anupolan_resmi|@mention}, jangan kasih kendor. Info lengkap: https://contoh.example/kampanye/jadwal'],
  ['like', ''],
  ['follow', ''],
  ['comment', 'Kalau bukan sekarang kapan lagi, {2️⃣|@number} {harga mati|loyalitas}‼️'],
  ['post', 'Rekan-rekan guru, {saya mengajak memilih|ajakan-memilih} {Badu-Rina|@name}. Lihat programnya di http://lama.example/program dan {c o b l o s|ajakan-memilih} {no. 3|@number}.'],
];
const RULES = {
  ajakan: { title: { id: 'Ajakan memilih kandidat', en: 'Call to vote for a candidate' }, level: 'high', via: 'mention' },
  dukungan: { title: { id: 'Pernyataan dukungan', en: 'Statement of support' }, level: 'medium', via: 'mention' },
  'suka-akun': { title: { id: 'Menyukai kiriman akun kampanye', en: 'Like on a campaign account' }, level: 'low', via: 'target' },
  'ikut-akun': { title: { id: 'Mengikuti akun kampanye', en: 'Follow of a campaign account' }, level: 'info', via: 'target' },
};
const RULE_TEXT = `[[rule]]
id = "ajakan"
title = { id = "Ajakan memilih kandidat", en = "Call to vote for a candidate" }
kinds = ["post", "comment", "share"]
link = "mention"
any = ["ajakan-memilih"]
none = ["penyangkalan"]
near_chars_max = 80
level = "high"
proposes = { ethics = ["KE-2", "KE-4"], discipline = ["DS-2", "DS-6"] }`;
const PACK_TEXT = `[pack]\nid = "skb-2022"\nversion = "2024.1"\n\n[[pattern]]\nname = "ajakan-memilih"\nre = ['\\b(ayo|mari)\\W+coblos\\b']\nmatches = ["Ayo coblos nomor 2!"]\npasses = ["Ayo ke TPS"]\n\n${RULE_TEXT}\n`;
export const PASSWORD = 'kata sandi yang panjang';
const LEVELS = ['critical', 'high', 'medium', 'low', 'info'];
const DAY_MS = 86_400_000;
const rfc = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
const bytes = (text) => Buffer.byteLength(text, 'utf8');

/** "{words|pattern}" → the text and its spans in bytes. */
export function marked(template) {
  let text = '';
  const spans = [];
  let from = 0;
  for (const match of template.matchAll(/\{([^|{}]+)\|([^{}]+)\}/g)) {
    text += template.slice(from, match.index);
    const start = bytes(text);
    text += match[1];
    spans.push({ start, end: bytes(text), pattern: match[2], rule: 'ajakan' });
    from = match.index + match[0].length;
  }
  return { text: text + template.slice(from), spans };
}

function person(random, at) {
  return {
    id: `S-${String(at + 1).padStart(6, '0')}`, name: `${random.pick(FIRST)} ${random.pick(LAST)}`, nip: `19${random.below(90) + 10}00000000000${at}`,
    category: random.pick(['pns', 'pns', 'pns', 'pppk', 'polri']), agency: random.pick(AGENCIES), position: random.pick(POSITIONS), region: '98.08',
    ownership: random.pick(['declared', 'confirmed', 'known', 'probable']), basis: `BA penyerahan data akun nomor ${100 + at}/CONTOH/2024`,
  };
}

function makeItem(random, seq, subject, candidate, now) {
  const [kind, template] = random.pick(TEXTS);
  const { text, spans } = marked(template);
  const found = now - random.below(9 * 24) * 3_600_000;
  const acted = found - random.below(72) * 3_600_000;
  const rule = kind === 'like' ? 'suka-akun' : kind === 'follow' ? 'ikut-akun' : spans.some(({ pattern }) => pattern.startsWith('ajakan')) ? 'ajakan' : 'dukungan';
  const platform = random.pick(['instagram', 'facebook', 'x', 'tiktok']);
  const id = String(17_000_000 + seq);
  const handle = subject.name.toLowerCase().replace(/\W/g, '');
  const record = { platform, kind, id, actor: { id: `9990${seq}`, handle }, observed_at: rfc(found), url: `https://${platform}.example/p/${id}`, provenance: 'export' };
  if (text) record.text = text;
  if (kind !== 'follow') record.created_at = rfc(acted);
  if (kind !== 'post') record.target = { id: `555${candidate}`, handle: `calon${candidate}_resmi` };
  const { level } = RULES[rule];
  const proposes = ['DS-2', 'DS-6'];
  const rules = [{
    rule, pack: 'skb-2022@2024.1', title: RULES[rule].title, level, link: 'either', via: RULES[rule].via, account_type: RULES[rule].via === 'target' ? 'registered' : null,
    contest: CONTEST, candidate, stage: 'campaign', class: 'discipline', proposes: SKB.filter((entry) => proposes.includes(entry.id)), spans, text: RULE_TEXT,
  }];
  return {
    item: seq, key: `${platform}/${kind}/${id}`, state: 'open', level, kind, platform, stage: 'campaign', sweep: 'contoh-2024', mandate: 'ST-01/CONTOH/2024',
    found_at: rfc(found), due_at: rfc(found + 7 * DAY_MS), acted_at: rfc(acted), deleted_at: seq % 17 === 0 ? rfc(found) : null, text, spans, rules, subject, contest: CONTEST, candidate,
    flag: { key: `${platform}/${kind}/${id}`, record, subject: { id: subject.id }, level, matches: rules.map((one) => ({ ...one, proposes })), source: { file: 'records.ndjson', line: seq, sha256: 'ab'.repeat(32) } },
    captures: seq % 3 === 0 ? { request: `GET /p/${id}`, status: 200, headers: '', received_at: rfc(found), server_time: rfc(found), clock_ms: 12, body_sha256: 'cd'.repeat(32), received_sha256: 'ef'.repeat(32) } : null,
    events: [{ at: rfc(found), event: 'found' }], decisions: [], facts: [], claim: null, fence: 0, pile: null,
  };
}

export function makeWorld({ seed = 7, people = 42, now = Date.now() } = {}) {
  const random = generator(seed);
  const world = {
    now, items: new Map(), piles: new Map(), cases: new Map(), views: [], bulks: [], audit: [], holds: [], needed: false, code: 'SATU-KALI-PAKAI',
    packs: [{ id: 1, pack: 'skb-2022', version: '2024.1', state: 'active', author: 'gita', saved_at: rfc(now), text: PACK_TEXT }, { id: 2, pack: 'skb-2022', version: '2024.2', state: 'draft', author: 'gita', saved_at: rfc(now), text: PACK_TEXT.replace('2024.1', '2024.2') }],
    staff: [
      ['sari', 'Sari Analis', ['analyst']], ['budi', 'Budi Kedua', ['second_reviewer']], ['citra', 'Citra Kasus', ['case_handler']],
      ['dewi', 'Dewi Aturan', ['rule_author']], ['eko', 'Eko Auditor', ['auditor']], ['fajar', 'Fajar Admin', ['administrator']],
    ].map(([name, full_name, roles], at) => ({ id: at + 1, name, full_name, roles, password: PASSWORD, totp: name === 'citra' ? '123456' : null, scopes: [{ contest: '', region: '' }], is_active: true, language: 'id' })),
  };
  let seq = 0;
  for (let at = 0; at < people; at += 1) {
    const subject = person(random, at);
    const pile = at + 1;
    const candidate = String(1 + random.below(3));
    world.piles.set(pile, { pile, subject, contest: CONTEST, candidate });
    for (let count = 1 + random.below(4); count > 0; count -= 1) {
      const item = makeItem(random, (seq += 1), subject, candidate, now);
      item.pile = pile;
      world.items.set(seq, item);
    }
  }
  return world;
}

export const WAITING = new Set(['open', 'needs_info', 'returned']);
const daysLeft = (world, due) => Math.floor((Date.parse(due) - world.now) / DAY_MS);

export const rowOf = (world, item) => ({
  item: item.item, key: item.key, state: item.state, level: item.level, kind: item.kind, platform: item.platform, acted_at: item.acted_at, found_at: item.found_at,
  due_at: item.due_at, days_left: daysLeft(world, item.due_at), deleted_at: item.deleted_at, stage: item.stage, snippet: [...item.text].slice(0, 160).join(''),
  rules: item.rules.map(({ rule }) => rule), claimed_by: item.claim ? item.claim.staff.name : null,
  subject: { id: item.subject.id, category: item.subject.category, agency: item.subject.agency, region: item.subject.region }, ownership: item.subject.ownership,
});

export function pileRow(world, pile) {
  const items = [...world.items.values()].filter((item) => item.pile === pile.pile);
  const waiting = items.filter((item) => WAITING.has(item.state));
  const due = waiting.map((item) => item.due_at).sort()[0] ?? null;
  const { id, category, agency, region, ownership } = pile.subject;
  return {
    pile: pile.pile, subject: { id, category, agency, region }, contest: pile.contest, candidate: pile.candidate, waiting: waiting.length, items: items.length,
    level: LEVELS.find((level) => items.some((item) => item.level === level)), due_at: due, days_left: due && daysLeft(world, due),
    stages: [...new Set(items.map(({ stage }) => stage))], kinds: [...new Set(items.map(({ kind }) => kind))], ownership, claimed_by: null,
  };
}
