// One's own password and second factor.
import { useState } from 'preact/hooks';
import { post, setToken } from '../core/api.js';
import { t } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Input, Outside } from '../core/widgets.jsx';

function Password() {
  const [values, setValues] = useState({ old: '', new: '' });
  const onSubmit = async (event) => {
    event.preventDefault();
    try {
      const session = await post('/session/password', values);
      // A new password begins a new session, with a token of its own.
      if (session?.token) setToken(session.token);
      setValues({ old: '', new: '' });
      say(t('account.password_changed'), 'done');
    } catch (fault) {
      complain(fault);
    }
  };
  return (
    <form class="card" onSubmit={onSubmit}>
      <h2>{t('account.password')}</h2>
      <Input label={t('account.old')} type="password" required autoComplete="current-password" value={values.old}
        onValue={(value) => setValues({ ...values, old: value })} />
      <Input label={t('account.new')} type="password" required minLength={12} autoComplete="new-password" value={values.new}
        onValue={(value) => setValues({ ...values, new: value })} />
      <button type="submit" class="primary">{t('account.change')}</button>
    </form>
  );
}

function Totp() {
  const [address, setAddress] = useState(null);
  const [code, setCode] = useState('');
  const send = async (body) => {
    try {
      const answer = await post('/session/totp', body);
      if (answer?.url ?? answer?.otpauth) setAddress(answer.url ?? answer.otpauth);
      else {
        setAddress(null);
        say(t('account.totp_on'), 'done');
      }
    } catch (fault) {
      complain(fault);
    }
  };
  const secret = address && new URLSearchParams(address.split('?')[1]).get('secret');
  return (
    <form class="card" onSubmit={(event) => { event.preventDefault(); send({ code }); }}>
      <h2>{t('account.totp')}</h2>
      <p>{t('account.totp_lead')}</p>
      {!address && <button type="button" onClick={() => send({})}>{t('account.totp_start')}</button>}
      {address && (
        <>
          <p>{t('account.totp_secret')}</p>
          <p class="secret"><code><Outside text={secret ?? address} /></code></p>
          <Input label={t('account.totp_code')} inputMode="numeric" required autoComplete="one-time-code" value={code} onValue={setCode} />
          <button type="submit" class="primary">{t('account.totp_confirm')}</button>
        </>
      )}
    </form>
  );
}

export const Account = () => (
  <div class="sheet">
    <h1>{t('nav.account')}</h1>
    <div class="columns"><Password /><Totp /></div>
  </div>
);
