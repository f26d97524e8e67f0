// The bar under an item: what can be done with it in its state, by whom, and with which key.
import { useEffect, useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { t, term } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { complain, offerUndo, say } from '../core/toast.jsx';
import { Outside } from '../core/widgets.jsx';
import { hasRole } from '../session/session.js';
import { claim, decide, fenceFor, isMine, release, renew, undo } from './claims.js';
import { Dismiss, Facts, Note, Propose } from './dialogs.jsx';

const FIRST = new Set(['open', 'needs_info', 'returned']);

/** How long one's claim still holds, renewed by a press. */
function Lease({ item, until, onRenew, onRelease }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [item]);
  const left = Math.max(0, Math.floor((new Date(until).getTime() - now) / 1000));
  return (
    <span class={`lease ${left < 60 ? 'soon' : ''}`}>
      {left > 0 ? t('claim.mine', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` }) : t('claim.over')}
      <button type="button" class="quiet" onClick={onRenew}>{t('claim.renew')}</button>
      <button type="button" class="quiet" onClick={onRelease}>{t('claim.release')}</button>
    </span>
  );
}

function offered(item, session) {
  const analyst = hasRole(session, 'analyst');
  const second = hasRole(session, 'second_reviewer');
  const first = analyst && FIRST.has(item.state);
  return { first, second: second && item.state === 'proposed', held: second && item.state === 'held', reopen: second && item.state === 'dismissed', fact: first || (second && item.state === 'proposed') };
}

export function ActionBar({ item, session, onDecided, onRefresh, onClaim }) {
  const [dialog, setDialog] = useState(null);
  const can = offered(item, session);
  const mine = isMine(item.claim, session);
  const others = item.claim && !mine && new Date(item.claim.until).getTime() > Date.now();
  const attempt = (work) => work().catch(complain);

  const send = async (body) => {
    const fence = await fenceFor(item, session);
    const done = await decide(item.item, { fence, ...body });
    setDialog(null);
    const until = done.undo_until ? new Date(done.undo_until).getTime() : 0;
    const words = t('decided', { what: term('action', body.action), key: item.key });
    if (until > Date.now()) offerUndo(words, until, async () => { await undo(done.decision); onRefresh(item.item); });
    else say(words, 'done');
    onDecided?.(item.item, done.state);
    return done;
  };
  const close = () => setDialog(null);
  const reopen = async (note) => {
    await post(`/items/${encodeURIComponent(item.item)}/reopen`, { note });
    close();
    onRefresh(item.item);
  };
  const open = (name, allowed) => () => { if (allowed) setDialog(name); };
  const onClaimed = () => attempt(async () => { await claim(item.item); onClaim(); });
  useKeys({
    c: () => (can.first || can.second) && !mine && onClaimed(),
    d: open('dismiss', can.first),
    p: open('propose', can.first),
    n: open('needs_info', can.first),
    f: open('facts', can.fact),
    a: open('confirm', can.second),
    b: open('return', can.second),
  });
  const button = (name, key, kind = '') => <button type="button" class={kind} onClick={() => setDialog(name)}>{t(`do.${name}`)} <kbd>{key}</kbd></button>;
  const releaseHeld = () => attempt(async () => { await post('/items/release-held', { items: [item.item] }); onRefresh(item.item); });
  return (
    <footer class="action-bar">
      {others && <p class="warn">{t('claim.others')} <Outside text={item.claim.staff?.name ?? item.claim.staff} /></p>}
      {mine && (
        <Lease item={item.item} until={item.claim.until}
          onRenew={() => attempt(async () => { await renew(item.item, item.claim.fence); onClaim(); })}
          onRelease={() => attempt(async () => { await release(item.item, item.claim.fence); onClaim(); })} />
      )}
      <div class="buttons">
        {(can.first || can.second) && !mine && <button type="button" onClick={onClaimed}>{t('do.claim')} <kbd>c</kbd></button>}
        {can.first && button('propose', 'p', 'primary')}
        {can.first && button('dismiss', 'd')}
        {can.first && button('needs_info', 'n')}
        {can.second && button('confirm', 'a', 'primary')}
        {can.second && button('return', 'b')}
        {can.fact && button('facts', 'f', 'quiet')}
        {can.held && <button type="button" class="primary" onClick={releaseHeld}>{t('do.release_held')}</button>}
        {can.reopen && <button type="button" onClick={() => setDialog('reopen')}>{t('do.reopen')}</button>}
        {!can.first && !can.second && !can.held && !can.reopen && <p class="sub">{t('do.nothing', { state: term('state', item.state) })}</p>}
      </div>
      {dialog === 'dismiss' && <Dismiss onClose={close} onSend={(body) => send({ action: 'dismiss', ...body })} />}
      {dialog === 'propose' && <Propose item={item} title={t('do.propose')} onClose={close} onSend={(body) => send({ action: 'propose', ...body })} />}
      {dialog === 'confirm' && <Propose item={item} title={t('do.confirm')} confirms onClose={close} onSend={(body) => send({ action: 'confirm', ...body })} />}
      {dialog === 'needs_info' && <Note title={t('do.needs_info')} hint={t('needs_info.hint')} onClose={close} onSend={(note) => send({ action: 'needs_info', note })} />}
      {dialog === 'return' && <Note title={t('do.return')} hint={t('return.hint')} onClose={close} onSend={(note) => send({ action: 'return', note })} />}
      {dialog === 'reopen' && <Note title={t('do.reopen')} hint={t('reopen.hint')} onClose={close} onSend={reopen} />}
      {dialog === 'facts' && <Facts item={item} onClose={close} onSaved={() => { close(); onRefresh(item.item); }} />}
    </footer>
  );
}
