// Who works here, in which roles and regions.
import { useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Dialog, Fault, Input, Loading, Outside, useLoaded } from '../core/widgets.jsx';

const ROLES = ['analyst', 'second_reviewer', 'case_handler', 'rule_author', 'auditor', 'administrator'];

function Roles({ roles, onRoles }) {
  return (
    <fieldset class="facts-grid">
      <legend>{t('staff.roles')}</legend>
      {ROLES.map((role) => (
        <label key={role} class="check">
          <input type="checkbox" checked={roles.includes(role)} onChange={() => onRoles(roles.includes(role) ? roles.filter((one) => one !== role) : [...roles, role])} />
          {term('role', role)}
        </label>
      ))}
    </fieldset>
  );
}

/** Scopes as lines "contest region"; a dash stands for all. */
const scopesText = (scopes) => (scopes ?? []).map(({ contest, region }) => `${contest || '-'} ${region || '-'}`).join('\n');
const scopesWords = (scopes) => (scopes?.length
  ? scopes.map(({ contest, region }) => t('staff.scope', { contest: contest || t('filter.any'), region: region || t('filter.any') })).join('; ')
  : t('staff.no_scope'));
const scopesOf = (text) => text.split('\n').map((line) => line.trim().split(/\s+/)).filter(([contest]) => contest)
  .map(([contest, region]) => ({ contest: contest === '-' ? '' : contest, region: !region || region === '-' ? '' : region }));

function Editor({ person, onClose, onSaved }) {
  const isNew = !person.id;
  const [values, setValues] = useState({ name: person.name ?? '', full_name: person.full_name ?? '', password: '', roles: person.roles ?? [], scopes: scopesText(person.scopes) || '- -' });
  const [fault, setFault] = useState(null);
  const set = (name) => (value) => setValues({ ...values, [name]: value });
  const onSubmit = async (event) => {
    event.preventDefault();
    const scopes = scopesOf(values.scopes);
    try {
      if (isNew) await post('/staff', { name: values.name, full_name: values.full_name, password: values.password, roles: values.roles, scopes });
      else {
        await post(`/staff/${encodeURIComponent(person.id)}/roles`, { roles: values.roles });
        await post(`/staff/${encodeURIComponent(person.id)}/scopes`, { scopes });
      }
      onSaved();
    } catch (found) {
      setFault(found);
    }
  };
  return (
    <Dialog title={isNew ? t('staff.new') : person.name} onClose={onClose}>
      <form onSubmit={onSubmit}>
        {isNew && (
          <>
            <Input label={t('sign_in.name')} value={values.name} onValue={set('name')} required maxLength={80} autoComplete="off" />
            <Input label={t('setup.full_name')} value={values.full_name} onValue={set('full_name')} required maxLength={200} autoComplete="off" />
            <Input label={t('staff.first_password')} type="password" minLength={12} value={values.password} onValue={set('password')} required autoComplete="new-password" />
          </>
        )}
        <Roles roles={values.roles} onRoles={set('roles')} />
        <div class="field">
          <label for="staff-scopes">{t('staff.scopes')}</label>
          <textarea id="staff-scopes" class="code" rows={3} value={values.scopes} onInput={(event) => set('scopes')(event.currentTarget.value)} />
          <small class="hint">{t('staff.scopes_hint')}</small>
        </div>
        <Fault fault={fault} />
        <div class="actions"><button type="submit" class="primary">{t('save')}</button><button type="button" onClick={onClose}>{t('cancel')}</button></div>
      </form>
    </Dialog>
  );
}

export function Staff() {
  const loaded = useLoaded(() => get('/staff'));
  const rows = loaded.value?.rows ?? loaded.value ?? [];
  const [edited, setEdited] = useState(null);
  const act = (person, what, words) => post(`/staff/${encodeURIComponent(person.id)}/${what}`).then(() => { say(words, 'done'); loaded.reload(); }, complain);
  return (
    <div class="sheet">
      <header class="sheet-head"><h1>{t('nav.staff')}</h1><button type="button" class="primary" onClick={() => setEdited({})}>{t('staff.new')}</button></header>
      <Fault fault={loaded.fault} />
      {loaded.loading && !loaded.value && <Loading />}
      <ul class="people">
        {rows.map((person) => (
          <li key={person.id} class={`card ${person.disabled ? 'is-done' : ''}`}>
            <div class="grow">
              <p class="who"><Outside text={person.full_name ?? person.name} /> <span class="sub"><Outside text={person.name} /></span></p>
              <p>{(person.roles ?? []).map((role) => <span key={role} class="chip">{term('role', role)}</span>)} {person.disabled && <span class="chip state-dismissed">{t('staff.disabled')}</span>} {person.totp && <span class="chip state-confirmed">TOTP</span>}</p>
              <p class="sub"><Outside text={scopesWords(person.scopes)} /> {person.seen_at && `· ${t('staff.seen')} ${dateTime(person.seen_at)}`}</p>
            </div>
            <div class="actions">
              <button type="button" onClick={() => setEdited(person)}>{t('staff.edit')}</button>
              <button type="button" onClick={() => act(person, 'end-sessions', t('staff.sessions_ended'))}>{t('staff.end_sessions')}</button>
              {person.disabled ? <button type="button" onClick={() => act(person, 'enable', t('saved'))}>{t('staff.enable')}</button>
                : <button type="button" class="danger" onClick={() => act(person, 'disable', t('staff.disabled'))}>{t('staff.disable')}</button>}
            </div>
          </li>
        ))}
      </ul>
      {edited && <Editor person={edited} onClose={() => setEdited(null)} onSaved={() => { setEdited(null); say(t('saved'), 'done'); loaded.reload(); }} />}
    </div>
  );
}
