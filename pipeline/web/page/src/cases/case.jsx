// One case: what it rests on, whose accounts they are, holds, export and hand-over.
import { useState } from 'preact/hooks';
import { fileAddress, get, post } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { to } from '../core/router.js';
import { complain, say } from '../core/toast.jsx';
import { hasRole } from '../session/session.js';
import { Chip, Clock, Fault, Loading, Outside, useLoaded } from '../core/widgets.jsx';
import { CloseCase, ExportForm, HandOver, Hold, Identity } from './forms.jsx';

const nameOf = (staff) => (typeof staff === 'object' && staff ? (staff.full_name ?? staff.name) : staff);

function Accounts({ shown, onIdentify, locked }) {
  const steps = shown.identity ?? [];
  return (
    <section class="card">
      <h3>{t('case.accounts')}</h3>
      <ul class="plain">
        {(shown.accounts ?? []).map((entry) => {
          const step = steps.find((one) => one.platform === entry.platform && String(one.account) === String(entry.account));
          const settled = entry.is_settled;
          return (
            <li key={`${entry.platform}/${entry.account}`} class={`ownership ${settled ? 'sure' : 'unsure'}`}>
              <span><strong>{term('platform', entry.platform)}</strong> <Outside text={String(entry.account)} /> <Chip list="ownership" value={entry.ownership} /></span>
              {step && <span class="sub">{t('case.identified')} <Outside text={step.description} /> · <code class="wrap">{String(step.sha256 ?? '').slice(0, 16)}</code></span>}
              {!settled && <span>{t('case.unsettled')}</span>}
              {!settled && !locked && <button type="button" onClick={() => onIdentify(entry)}>{t('case.identify')} <kbd>i</kbd></button>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Holds({ shown, session, onChanged }) {
  const act = (hold, what) => post(`/cases/${encodeURIComponent(shown.case)}/hold/${what}`, { hold: hold.hold }).then(onChanged, complain);
  const handles = hasRole(session, 'case_handler');
  if (!shown.holds?.length) return null;
  return (
    <section class="card">
      <h3>{t('case.holds')}</h3>
      <ul class="plain">
        {shown.holds.map((hold) => (
          <li key={hold.hold}>
            <Outside text={hold.reason} /> · <Outside text={nameOf(hold.staff)} /> · {dateTime(hold.at)}{' '}
            {handles && !hold.approved_by && <button type="button" disabled={nameOf(hold.staff) === session.staff.name} onClick={() => act(hold, 'approve')}>{t('hold.approve')}</button>}
            {handles && hold.approved_by && !hold.released_by && <button type="button" onClick={() => act(hold, 'release')}>{t('hold.release')}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bag({ bag }) {
  const address = bag.address ?? bag.url ?? bag.link;
  const href = address?.startsWith('/api/') ? address : fileAddress(address ?? '');
  return (
    <section class="card bag" aria-label={t('case.bag')}>
      <h3>{t('case.bag')}</h3>
      <p>{t(bag.masked ? 'case.bag_masked' : 'case.bag_whole')}</p>
      {bag.sha256 && <p class="sub">SHA-256 <code class="wrap">{bag.sha256}</code></p>}
      <a class="button primary" href={href} download id="bag-link">{t('case.download')}</a>
    </section>
  );
}

export function Case({ number, session, onChanged }) {
  const contests = useContests();
  const loaded = useLoaded((signal) => get(`/cases/${encodeURIComponent(number)}`, {}, { signal }), [number]);
  const [dialog, setDialog] = useState(null);
  const [bag, setBag] = useState(null);
  const shown = loaded.value;
  const reload = () => { loaded.reload(); onChanged?.(); };
  const handles = hasRole(session, 'case_handler');
  const open = handles && shown?.state === 'open';
  const unsettled = (shown?.accounts ?? []).find((account) => !account.is_settled);
  useKeys({
    i: () => open && unsettled && setDialog({ name: 'identity', account: unsettled }),
    h: () => open && !unsettled && setDialog({ name: 'hand_over' }),
    o: () => open && setDialog({ name: 'hold' }),
    w: () => shown && handles && setDialog({ name: 'export' }),
  });
  if (!shown) return <>{loaded.loading && <Loading />}<Fault fault={loaded.fault} /></>;
  const close = () => setDialog(null);
  const done = (words) => { close(); say(words, 'done'); reload(); };
  return (
    <>
      <header class="item-head">
        <a class="back" href={to('cases')}>← {t('back')}</a>
        <div class="grow">
          <h2>{shown.number}</h2>
          <p class="sub"><Outside text={shown.subject?.name ?? shown.subject?.id} /> · <Outside text={shown.subject?.agency ?? ''} /> → <strong><Outside text={candidateWords(contests, shown.contest, shown.candidate)} /></strong></p>
        </div>
        <div class="badges"><Chip list="case_state" value={shown.state} /></div>
      </header>
      <div class="item-body">
        <div class="item-main">
          <section class="card">
            <h3>{t('case.items', { n: shown.items?.length ?? 0 })}</h3>
            <ul class="case-items">
              {(shown.items ?? []).map((item) => (
                <li key={item.item}>
                  <p class="sub"><code><Outside text={item.key} /></code> · {term('kind', item.kind)} · {dateTime(item.acted_at)} {item.due_at && <Clock due={item.due_at} />}</p>
                  <p class="snippet whole"><Outside text={item.snippet ?? item.text ?? ''} /></p>
                </li>
              ))}
            </ul>
          </section>
          <section class="card">
            <h3>{t('case.decisions')}</h3>
            <ol class="history">
              {(shown.decisions ?? []).map((decision) => (
                <li key={decision.decision ?? decision.seq}><time dateTime={decision.at}>{dateTime(decision.at)}</time>
                  <div><strong>{term('action', decision.action)}</strong> · <Outside text={nameOf(decision.staff)} />
                    {decision.proposes?.length > 0 && <span class="sub"> {decision.proposes.map((entry) => entry.id ?? entry).join(', ')}</span>}
                    {decision.note && <p><Outside text={decision.note} /></p>}</div></li>
              ))}
            </ol>
          </section>
        </div>
        <aside class="item-side">
          <Accounts shown={shown} locked={!open} onIdentify={(account) => setDialog({ name: 'identity', account })} />
          <Holds shown={shown} session={session} onChanged={reload} />
          {shown.handover && (
            <section class="card"><h3>{t('case.handed_over')}</h3>
              <p><Outside text={shown.handover.to} /> · <Outside text={shown.handover.number ?? ''} /></p><p class="sub">{dateTime(shown.handover.at)}</p></section>
          )}
          {bag && <Bag bag={bag} />}
        </aside>
      </div>
      <footer class="action-bar">
        {open && unsettled && <p class="warn">{t('case.cannot_hand_over')}</p>}
        <div class="buttons">
          {handles && <button type="button" class="primary" onClick={() => setDialog({ name: 'export' })}>{t('case.export')} <kbd>w</kbd></button>}
          {open && <button type="button" disabled={Boolean(unsettled)} onClick={() => setDialog({ name: 'hand_over' })}>{t('case.hand_over')} <kbd>h</kbd></button>}
          {open && <button type="button" onClick={() => setDialog({ name: 'hold' })}>{t('case.hold')} <kbd>o</kbd></button>}
          {handles && shown.state === 'handed_over' && <button type="button" onClick={() => setDialog({ name: 'close' })}>{t('case.close')}</button>}
        </div>
      </footer>
      {dialog?.name === 'identity' && <Identity shown={shown} account={dialog.account} onClose={close} onDone={() => done(t('case.identity_recorded'))} />}
      {dialog?.name === 'hand_over' && <HandOver shown={shown} onClose={close} onDone={() => done(t('case.handed_over'))} />}
      {dialog?.name === 'hold' && <Hold shown={shown} onClose={close} onDone={() => done(t('case.hold_asked'))} />}
      {dialog?.name === 'close' && <CloseCase shown={shown} onClose={close} onDone={() => done(t('case_state.closed'))} />}
      {dialog?.name === 'export' && (
        <ExportForm shown={shown} onClose={close} onBag={(made) => {
          close();
          setBag(made);
          say(t('case.exported'), 'done');
          requestAnimationFrame(() => document.getElementById('bag-link')?.focus());
        }} />
      )}
    </>
  );
}
