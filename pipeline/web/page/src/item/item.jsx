// One item: what was captured, why it is here, whose it is, and what was done with it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { to } from '../core/router.js';
import { Chip, Clock, Fault, Loading, Outside, useLoaded } from '../core/widgets.jsx';
import { ActionBar } from '../decide/actions.jsx';
import { Evidence } from './evidence.jsx';
import { History } from './history.jsx';
import { Links, addressesIn } from './links.jsx';
import { Person } from './person.jsx';
import { Ranking } from './ranking.jsx';
import { CapturedText } from './text.jsx';
import { Why } from './why.jsx';

// Stepping quickly through a list is not looking: an item is asked for (and its reading recorded) when one rests on it.
const REST_MS = 120;
const rested = (signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, REST_MS);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(new DOMException('left', 'AbortError')); });
});

const account = (who) => (who ? [who.name, who.handle && `@${String(who.handle).replace(/^@/, '')}`, !who.handle && who.id].filter(Boolean).join(' · ') : null);

function Post({ item }) {
  const record = item.flag?.record ?? {};
  const text = item.text ?? '';
  const actor = account(record.actor);
  const target = account(record.target);
  return (
    <article class="card post" aria-label={t('item.post')}>
      <header>
        <span class="avatar" aria-hidden="true">{[...(record.actor?.handle ?? record.actor?.name ?? '?')].find((sign) => /\p{L}/u.test(sign))?.toUpperCase() ?? '·'}</span>
        <div class="grow">
          <p class="who"><Outside text={actor ?? '–'} /></p>
          <p class="sub">
            {term('platform', record.platform ?? item.platform)} · {term('kind', record.kind ?? item.kind)} ·{' '}
            <time dateTime={item.acted_at ?? record.created_at}>{dateTime(item.acted_at ?? record.created_at)}</time>
          </p>
        </div>
        {item.deleted_at && <span class="chip state-dismissed">{t('item.deleted_at', { when: dateTime(item.deleted_at) })}</span>}
      </header>
      {target && <p class="sub target">{t(`item.target.${record.kind}`)} <Outside text={target} /></p>}
      {text ? <CapturedText text={text} spans={item.spans ?? []} /> : <p class="no-text">{t('triage.no_text')}</p>}
      <Links addresses={[...new Set([record.url, ...addressesIn(text)].filter((address) => /^https?:/i.test(address ?? '')))]} />
      <footer class="sub">
        <span>{t('item.found_at')} {dateTime(item.found_at)}</span>
        <span>{t('item.provenance')} {term('provenance', record.provenance ?? 'export')}</span>
      </footer>
    </article>
  );
}

function Head({ item, back, blind }) {
  const contests = useContests();
  const first = item.rules?.[0] ?? item.flag?.matches?.[0] ?? {};
  return (
    <header class="item-head" data-shown={item.item}>
      <a class="back" href={to(back)}>← {t('back')}</a>
      <div class="grow">
        <h2><Outside text={item.subject?.name ?? item.subject?.id ?? '–'} /></h2>
        <p class="sub">
          <Outside text={[item.subject?.position, item.subject?.agency].filter(Boolean).join(' · ')} />
          {' → '}<strong><Outside text={candidateWords(contests, first.contest, first.candidate)} /></strong> <Outside text={`(${first.contest ?? '–'})`} />
        </p>
      </div>
      <div class="badges"><Chip list="level" value={item.level} />{!blind && <Chip list="state" value={item.state} />}<Clock due={item.due_at} /></div>
    </header>
  );
}

export function ItemView({ item: id, session, view, turn, onDecided, onRefresh, blind = false }) {
  const loaded = useLoaded(async (signal) => {
    await rested(signal);
    return get(`/items/${encodeURIComponent(id)}`, {}, { signal });
  }, [id, turn]);
  const [pane, setPane] = useState(null);
  const [rulesOpen, setRulesOpen] = useState(false);
  const paneBox = useRef(null);
  const show = (name) => setPane((before) => (before === name ? null : name));
  useKeys({ e: () => show('evidence'), t: () => show('history'), r: () => setRulesOpen((before) => !before) });
  useEffect(() => { if (pane) paneBox.current?.scrollIntoView({ block: 'nearest' }); }, [pane, loaded.value]);
  const item = loaded.value;
  if (!item) return <>{loaded.loading && <Loading />}<Fault fault={loaded.fault} /></>;
  return (
    <>
      <Head item={item} back={view} blind={blind} />
      <div class="item-body">
        <div class="item-main">
          <Post item={item} />
          <Why rules={item.rules ?? []} text={item.text ?? ''} open={rulesOpen} />
          <div class="panes" ref={paneBox}>
            <div class="pane-buttons">
              <button type="button" aria-expanded={pane === 'evidence'} onClick={() => show('evidence')}>{t('item.evidence')} <kbd>e</kbd></button>
              <button type="button" aria-expanded={pane === 'history'} onClick={() => show('history')}>{t('item.history')} <kbd>t</kbd></button>
            </div>
            {pane === 'evidence' && <Evidence item={item} />}
            {pane === 'history' && <History item={item} />}
          </div>
        </div>
        <aside class="item-side">
          <Person item={item} view={view} />
          {item.ranking && <Ranking ranking={item.ranking} />}
        </aside>
      </div>
      {!blind && (
        <ActionBar item={item} session={session} onDecided={onDecided}
          onRefresh={(back) => { loaded.reload(); onRefresh?.(back); }} onClaim={loaded.reload} />
      )}
    </>
  );
}
