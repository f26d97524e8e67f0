// A pack tried on one act: what would be flagged, and why.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { t, term } from '../core/i18n.js';
import { Fault, Select, TextArea } from '../core/widgets.jsx';
import { CapturedText } from '../item/text.jsx';
import { Why } from '../item/why.jsx';

const KINDS = ['post', 'comment', 'share'];

export function Try({ pack }) {
  const [kind, setKind] = useState('post');
  const [words, setWords] = useState('');
  const [state, setState] = useState({});
  const onSubmit = async (event) => {
    event.preventDefault();
    const now = new Date().toISOString();
    const record = { platform: 'facebook', kind, id: 'percobaan-1', actor: { handle: 'percobaan' }, text: words, created_at: now, observed_at: now };
    if (kind !== 'post') record.target = { handle: 'contoh' };
    try {
      setState({ found: await post('/packs/try', { text: pack, record }), words });
    } catch (fault) {
      setState({ fault });
    }
  };
  const rules = state.found?.rules ?? state.found?.matches ?? [];
  return (
    <section class="card" aria-label={t('try.title')}>
      <h2>{t('try.title')}</h2>
      <form onSubmit={onSubmit}>
        <Select label={t('filter.kind')} value={kind} onValue={setKind} options={KINDS.map((name) => [name, term('kind', name)])} />
        <TextArea label={t('try.text')} value={words} onValue={setWords} required rows={4} maxLength={20000} />
        <button type="submit" class="primary" disabled={!pack || !words.trim()}>{t('try.button')}</button>
      </form>
      <Fault fault={state.fault} />
      {state.found && (
        <div role="status">
          <CapturedText text={state.words} spans={rules.flatMap(({ spans }) => spans ?? [])} />
          {rules.length ? <Why rules={rules} text={state.words} open={false} /> : <p class="fine">{t('try.nothing')}</p>}
        </div>
      )}
    </section>
  );
}
