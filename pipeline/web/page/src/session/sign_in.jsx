// The first page: an account for the first administrator, or signing in.
import { useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { Fault, Input, Loading, useLoaded } from '../core/widgets.jsx';
import { signIn } from './session.js';

const PASSWORD_MIN = 12;

function useForm(initial, send) {
  const [values, setValues] = useState(initial);
  const [state, setState] = useState({});
  const set = (name) => (value) => setValues((before) => ({ ...before, [name]: value }));
  const onSubmit = async (event) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await send(values);
    } catch (fault) {
      setState({ fault });
    }
  };
  return { values, set, onSubmit, ...state };
}

function Setup({ onDone }) {
  const form = useForm({ code: '', name: '', full_name: '', password: '' }, async (values) => {
    await post('/setup', values, { quiet: true });
    onDone(values.name);
  });
  return (
    <form class="card" onSubmit={form.onSubmit}>
      <h1>{t('setup.title')}</h1>
      <p>{t('setup.lead')}</p>
      <Input label={t('setup.code')} value={form.values.code} onValue={form.set('code')} required autoComplete="off" />
      <Input label={t('sign_in.name')} value={form.values.name} onValue={form.set('name')} required autoComplete="username" />
      <Input label={t('setup.full_name')} value={form.values.full_name} onValue={form.set('full_name')} required autoComplete="name" />
      <Input label={t('sign_in.password')} hint={t('setup.password_hint', { n: PASSWORD_MIN })} type="password" minLength={PASSWORD_MIN}
        value={form.values.password} onValue={form.set('password')} required autoComplete="new-password" />
      <Fault fault={form.fault} />
      <button type="submit" class="primary" disabled={form.busy}>{t('setup.button')}</button>
    </form>
  );
}

function Form({ onSession, name }) {
  const form = useForm({ name: name ?? '', password: '', totp: '' }, async (values) => {
    onSession(await signIn(values.name, values.password, values.totp.trim()));
  });
  return (
    <form class="card" onSubmit={form.onSubmit}>
      <h1>{t('sign_in.title')}</h1>
      <Input label={t('sign_in.name')} value={form.values.name} onValue={form.set('name')} required autoFocus autoComplete="username" />
      <Input label={t('sign_in.password')} type="password" value={form.values.password} onValue={form.set('password')} required
        autoComplete="current-password" />
      <Input label={t('sign_in.totp')} hint={t('sign_in.totp_hint')} inputMode="numeric" pattern="[0-9 ]{6,8}" value={form.values.totp}
        onValue={form.set('totp')} autoComplete="one-time-code" />
      <Fault fault={form.fault} />
      <button type="submit" class="primary" disabled={form.busy}>{t('sign_in.button')}</button>
    </form>
  );
}

export function SignIn({ onSession }) {
  const [madeFor, setMadeFor] = useState(null);
  const setup = useLoaded(() => get('/setup', {}, { quiet: true }));
  if (setup.loading && !setup.value) return <main class="welcome"><Loading /></main>;
  return (
    <main class="welcome" id="main">
      <section class="pitch">
        <img src="mark.svg" alt="" width="64" height="64" />
        <p class="brand">Pantau</p>
        <p>{t('pitch.lead')}</p>
        <ul>
          <li>{t('pitch.suspicion')}</li>
          <li>{t('pitch.two_people')}</li>
          <li>{t('pitch.logged')}</li>
        </ul>
      </section>
      {setup.value?.needed && !madeFor ? <Setup onDone={setMadeFor} /> : <Form key={madeFor} name={madeFor} onSession={onSession} />}
    </main>
  );
}
