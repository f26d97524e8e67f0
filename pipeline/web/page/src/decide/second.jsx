// The second reviewer's work: proposals, dismissals looked at without knowing the first verdict, and bulk
// dismissals that wait for approval.
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { go, replace, to } from '../core/router.js';
import { complain, say } from '../core/toast.jsx';
import { Empty, Fault, Loading, More, Outside, useLoaded, usePages } from '../core/widgets.jsx';
import { ItemView } from '../item/item.jsx';
import { ItemRow } from '../triage/rows.jsx';
import { Dismiss } from './dialogs.jsx';

const TABS = ['proposed', 'blind', 'bulk'];

function Proposed({ session, item }) {
  const pages = usePages((after) => get('/items', { state: 'proposed', after, limit: 50 }));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!item && pages.rows.length && !window.matchMedia('(max-width: 820px)').matches) replace('second', pages.rows[0].item);
  }, [item, pages.rows.length]);
  const at = pages.rows.findIndex((row) => String(row.item) === item);
  const step = (by) => { const row = pages.rows[at + by]; if (row) go('second', row.item); if (at + by > pages.rows.length - 3) pages.more(); };
  useKeys({ j: () => step(1), k: () => at > 0 && step(-1) });
  const onDecided = (decided) => {
    const next = pages.rows[at + 1] ?? pages.rows[at - 1];
    pages.setState((before) => ({ ...before, rows: before.rows.filter((row) => String(row.item) !== String(decided)) }));
    if (next) go('second', next.item); else go('second');
  };
  return (
    <div class={`split ${item ? 'has-item' : ''}`}>
      <section class="list" aria-label={t('second.proposed')}>
        <Fault fault={pages.fault} />
        <ul class="items flat">{pages.rows.map((row) => <li key={row.item}><ItemRow row={row} view="second" current={String(row.item) === item} /></li>)}</ul>
        {!pages.loading && !pages.rows.length && <Empty>{t('second.empty')}</Empty>}
        <More pages={pages} />
      </section>
      <section class="detail" aria-label={t('item.label')}>
        {item ? <ItemView key={item} item={item} session={session} view="second" turn={turn} onDecided={onDecided}
          onRefresh={(back) => { pages.reload(); setTurn((before) => before + 1); if (back) go('second', back); }} /> : <Empty>{t('second.choose')}</Empty>}
      </section>
    </div>
  );
}

function Blind({ session }) {
  const next = useLoaded(() => get('/blind/next'));
  const [asked, setAsked] = useState(false);
  const item = next.value?.item?.item ?? next.value?.item;
  const judge = async (body) => {
    await post(`/blind/${encodeURIComponent(item)}`, body);
    setAsked(false);
    say(t('blind.recorded'), 'done');
    next.reload();
  };
  const propose = () => judge({ verdict: 'propose' }).catch(complain);
  useKeys({ d: () => item && setAsked(true), p: () => item && propose() });
  if (next.loading) return <Loading />;
  if (!item) return <><Fault fault={next.fault} /><Empty>{t('blind.empty')}</Empty></>;
  return (
    <section class="detail alone" aria-label={t('item.label')}>
      <p class="notice">{t('blind.lead')}</p>
      <ItemView key={item} item={item} session={session} view="second" blind />
      <footer class="action-bar">
        <div class="buttons">
          <button type="button" class="primary" onClick={propose}>{t('blind.propose')} <kbd>p</kbd></button>
          <button type="button" onClick={() => setAsked(true)}>{t('blind.dismiss')} <kbd>d</kbd></button>
        </div>
      </footer>
      {asked && <Dismiss onClose={() => setAsked(false)} onSend={({ reason }) => judge({ verdict: 'dismiss', reason })} />}
    </section>
  );
}

function BulkItems({ bulk }) {
  const [rows, setRows] = useState(null);
  const load = () => get(`/bulk/${encodeURIComponent(bulk)}/items`, { limit: 200 }).then((page) => setRows(page.rows), complain);
  if (!rows) return <button type="button" onClick={load}>{t('bulk.show_items')}</button>;
  return <ul class="items flat">{rows.map((row) => <li key={row.item}><ItemRow row={row} view="second" /></li>)}</ul>;
}

function Bulk() {
  const pending = useLoaded(() => get('/bulk', { state: 'pending' }));
  const rows = pending.value?.rows ?? [];
  const act = (bulk, what) => post(`/bulk/${encodeURIComponent(bulk)}/${what}`).then(() => { say(t(`bulk.${what}d`), 'done'); pending.reload(); }, complain);
  return (
    <div class="sheet">
      <Fault fault={pending.fault} />
      {pending.loading && <Loading />}
      {!pending.loading && !rows.length && <Empty>{t('bulk.empty')}</Empty>}
      {rows.map((bulk) => (
        <article key={bulk.bulk} class="card">
          <h2>{t('bulk.title', { n: bulk.count })}</h2>
          <p><Outside text={bulk.staff?.name ?? bulk.staff} /> · {dateTime(bulk.at)} · {term('reason', bulk.reason)}</p>
          {bulk.note && <p><Outside text={bulk.note} /></p>}
          <BulkItems bulk={bulk.bulk} />
          <div class="actions">
            <button type="button" class="primary" onClick={() => act(bulk.bulk, 'approve')}>{t('bulk.approve')}</button>
            <button type="button" onClick={() => act(bulk.bulk, 'refuse')}>{t('bulk.refuse')}</button>
          </div>
        </article>
      ))}
    </div>
  );
}

export function Second({ session, rest }) {
  const tab = TABS.includes(rest[0]) ? rest[0] : 'proposed';
  return (
    <div class="tabbed">
      <h1 class="visually-hidden">{t('nav.second')}</h1>
      <nav class="tabs" aria-label={t('nav.second')}>
        {TABS.map((name) => <a key={name} href={to('second', name)} aria-current={name === tab ? 'page' : undefined}>{t(`second.${name}`)}</a>)}
      </nav>
      {tab === 'proposed' && <Proposed session={session} item={TABS.includes(rest[0]) ? null : rest[0] || null} />}
      {tab === 'blind' && <Blind session={session} />}
      {tab === 'bulk' && <Bulk />}
    </div>
  );
}
