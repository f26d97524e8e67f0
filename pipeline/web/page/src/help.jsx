// The keys, told.
import { useState } from 'preact/hooks';
import { t } from './core/i18n.js';
import { enableKeys, keysEnabled } from './core/keys.js';
import { Dialog } from './core/widgets.jsx';

const KEYS = ['j', 'k', 'x', 'c', 'd', '1–9', 'p', 'n', 'f', 'a', 'b', 'e', 't', 'r', 'g', '/', 'z', 'i', 'w', 'h', 'o', 'm', '?'];

export function Help({ onClose }) {
  const [on, setOn] = useState(keysEnabled());
  return (
    <Dialog title={t('help.title')} onClose={onClose} wide>
      <p>{t('help.lead')}</p>
      <dl class="keys">
        {KEYS.map((key) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(`key.${key === '?' ? 'help' : key === '/' ? 'search' : key === '1–9' ? 'digits' : key}`)}</dd></div>)}
      </dl>
      <label class="check">
        <input type="checkbox" checked={on} onChange={(event) => { enableKeys(event.currentTarget.checked); setOn(event.currentTarget.checked); }} />
        {t('help.keys_on')}
      </label>
    </Dialog>
  );
}
