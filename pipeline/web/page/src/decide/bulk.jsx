// Dismissing many at once; above a limit it waits for a second person.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { say } from '../core/toast.jsx';
import { Dismiss } from './dialogs.jsx';

export function BulkBar({ items, onDone, onClear }) {
  const [asked, setAsked] = useState(false);
  const send = async (body) => {
    const done = await post('/bulk/dismiss', { items, ...body });
    setAsked(false);
    say(t(done.state === 'pending' ? 'bulk.pending' : 'bulk.done', { n: items.length }), 'done');
    onDone();
  };
  return (
    <div class="bulk-bar">
      <strong>{t('bulk.selected', { n: items.length })}</strong>
      <button type="button" class="primary" onClick={() => setAsked(true)}>{t('bulk.button')}</button>
      <button type="button" class="quiet" onClick={onClear}>{t('bulk.clear')}</button>
      {asked && <Dismiss count={items.length} onClose={() => setAsked(false)} onSend={send} />}
    </div>
  );
}
