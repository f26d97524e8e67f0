// What an office sets for itself: the clock, leases, limits. The server says which there are, and refuses nonsense.
import { useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { t, term } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Fault, Input, Loading, useLoaded } from '../core/widgets.jsx';

function Setting({ setting, onSaved }) {
  const [value, setValue] = useState(setting.value);
  const save = (event) => {
    event.preventDefault();
    post('/settings', { name: setting.name, value }).then(() => { say(t('saved'), 'done'); onSaved(); }, complain);
  };
  return (
    <form class="inline" onSubmit={save}>
      <Input label={term('setting', setting.name)} hint={t('settings.standard', { value: setting.standard || '–' })} value={value} onValue={setValue} maxLength={2000} />
      <button type="submit" disabled={value === setting.value} aria-label={t('settings.save', { name: term('setting', setting.name) })}>{t('save')}</button>
    </form>
  );
}

export function Settings() {
  const loaded = useLoaded(() => get('/settings'));
  return (
    <div class="sheet">
      <h1>{t('nav.settings')}</h1>
      <Fault fault={loaded.fault} />
      {loaded.loading && !loaded.value && <Loading />}
      <div class="card settings">
        {(loaded.value?.rows ?? []).map((setting) => <Setting key={setting.name + setting.value} setting={setting} onSaved={loaded.reload} />)}
      </div>
    </div>
  );
}
