// Rule packs: edited, checked, tried on a text, compared with what is active, and made active by a second person.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { t } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Chip, Empty, Fault, Loading, Outside, useLoaded } from '../core/widgets.jsx';
import { Diff } from './diff.jsx';
import { Try } from './try.jsx';

const nameOf = (staff) => (typeof staff === 'object' && staff ? (staff.full_name ?? staff.name) : staff);

function Packs({ rows, shown, onShow, onActivate, session }) {
  return (
    <ul class="plain packs">
      {rows.map((pack) => {
        const mine = nameOf(pack.author ?? pack.staff) === session.staff.name;
        return (
          <li key={pack.id ?? `${pack.pack}@${pack.version}`} class={shown === pack ? 'is-current' : ''}>
            <button type="button" class="quiet grow" onClick={() => onShow(pack)}>
              <strong><Outside text={`${pack.pack}@${pack.version}`} /></strong> <Chip list="pack" value={pack.state ?? (pack.active ? 'active' : 'draft')} />
              <span class="sub"><Outside text={nameOf(pack.author ?? pack.staff) ?? ''} /> {pack.at && dateTime(pack.at)}</span>
            </button>
            {(pack.state ?? (pack.active ? 'active' : 'draft')) === 'draft' && (
              <button type="button" disabled={mine} title={mine ? t('rules.not_own') : undefined} onClick={() => onActivate(pack)}>{t('rules.activate')}</button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Mistakes({ mistakes, onGo }) {
  if (!mistakes) return null;
  if (!mistakes.length) return <p class="fine" role="status">✓ {t('rules.no_mistakes')}</p>;
  return (
    <ul class="mistakes" role="alert">
      {mistakes.map((mistake, at) => (
        <li key={at}><button type="button" class="quiet" onClick={() => onGo(mistake.line, mistake.column)}>
          {t('rules.at', { line: mistake.line, column: mistake.column ?? 1 })}</button> <Outside text={mistake.message ?? mistake.reason} /></li>
      ))}
    </ul>
  );
}

export function Rules({ session }) {
  const packs = useLoaded(() => get('/packs'));
  const rows = packs.value?.rows ?? packs.value ?? [];
  const [shown, setShown] = useState(null);
  const [text, setText] = useState('');
  const [mistakes, setMistakes] = useState(null);
  const [diff, setDiff] = useState(null);
  const editor = useRef(null);
  const attempt = (work) => work().catch(complain);
  useEffect(() => {
    const first = rows.find(({ state }) => state === 'active') ?? rows[0];
    if (first && !shown) show(first);
  }, [rows.length]);
  const show = (pack) => attempt(async () => {
    const found = await get(`/packs/${encodeURIComponent(pack.pack)}/${encodeURIComponent(pack.version)}`);
    setShown(pack);
    setText(found.text);
    setMistakes(null);
    setDiff(null);
  });
  const goTo = (line, column = 1) => {
    const from = text.split('\n').slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    editor.current.focus();
    editor.current.setSelectionRange(from, from);
  };
  const check = () => attempt(async () => { const found = await post('/packs/check', { text }); setMistakes(found.mistakes ?? found.rows ?? found); });
  const compare = () => attempt(async () => setDiff(await post('/packs/diff', { text })));
  const save = () => attempt(async () => { await post('/packs', { text }); say(t('rules.saved'), 'done'); packs.reload(); });
  const activate = (pack) => attempt(async () => {
    await post(`/packs/${encodeURIComponent(pack.id ?? `${pack.pack}@${pack.version}`)}/activate`);
    say(t('rules.activated'), 'done');
    packs.reload();
  });
  return (
    <div class="sheet rules">
      <h1>{t('nav.rules')}</h1>
      <Fault fault={packs.fault} />
      {packs.loading && !packs.value && <Loading />}
      <div class="rules-grid">
        <section class="card" aria-label={t('rules.packs')}><h2>{t('rules.packs')}</h2>
          <Packs rows={rows} shown={shown} session={session} onShow={show} onActivate={activate} /></section>
        <section class="card editor" aria-label={t('rules.editor')}>
          <h2>{shown ? `${shown.pack}@${shown.version}` : t('rules.editor')}</h2>
          <textarea ref={editor} class="code" spellcheck={false} aria-label={t('rules.editor')} value={text} wrap="off"
            onInput={(event) => { setText(event.currentTarget.value); setMistakes(null); setDiff(null); }} />
          <div class="actions">
            <button type="button" disabled={!text} onClick={check}>{t('rules.check')}</button>
            <button type="button" disabled={!text} onClick={compare}>{t('rules.diff')}</button>
            <button type="button" class="primary" disabled={!text} onClick={save}>{t('rules.save')}</button>
          </div>
          <Mistakes mistakes={mistakes} onGo={goTo} />
          {diff && <Diff diff={diff} />}
          {!shown && !text && <Empty>{t('rules.choose')}</Empty>}
        </section>
        <Try pack={text} />
      </div>
    </div>
  );
}
