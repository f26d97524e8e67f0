// The forms of a case: whose account it is, keeping it, giving it out.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { readBase64 } from '../core/files.js';
import { t, term } from '../core/i18n.js';
import { Dialog, Fault, Field, Input, Outside, TextArea } from '../core/widgets.jsx';

const EVIDENCE_BYTES_MAX = 8 * 1024 * 1024;
const path = (shown, action) => `/cases/${encodeURIComponent(shown.case)}/${action}`;

function Form({ title, words, onClose, send, ready = true, children }) {
  const [state, setState] = useState({});
  const onSubmit = async (event) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await send();
    } catch (fault) {
      setState({ fault });
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={onSubmit}>
        {children}
        <Fault fault={state.fault} />
        <div class="actions">
          <button type="submit" class="primary" disabled={state.busy || !ready}>{words}</button>
          <button type="button" onClick={onClose}>{t('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}

export function Identity({ shown, account, onClose, onDone }) {
  const [description, setDescription] = useState('');
  const [file, setFile] = useState(null);
  const send = async () => {
    if (file.size > EVIDENCE_BYTES_MAX) throw new Error(t('identity.too_large', { n: EVIDENCE_BYTES_MAX / 1024 / 1024 }));
    await post(path(shown, 'identity'), {
      platform: account.platform, account: String(account.account), description: description.trim(),
      evidence_base64: await readBase64(file), media_type: file.type || 'application/octet-stream',
    });
    onDone();
  };
  return (
    <Form title={t('case.identify')} words={t('identity.record')} onClose={onClose} send={send} ready={description.trim() && file}>
      <p>{term('platform', account.platform)} · <Outside text={String(account.account)} /></p>
      <TextArea label={t('identity.description')} hint={t('identity.hint')} value={description} onValue={setDescription} required maxLength={2000} autoFocus />
      <Field label={t('identity.evidence')}>
        {(id) => <input id={id} type="file" required onChange={(event) => setFile(event.currentTarget.files[0] ?? null)} />}
      </Field>
    </Form>
  );
}

export function HandOver({ shown, onClose, onDone }) {
  const [receiver, setReceiver] = useState('');
  const [number, setNumber] = useState('');
  const send = async () => { await post(path(shown, 'hand-over'), { to: receiver.trim(), number: number.trim() }); onDone(); };
  return (
    <Form title={t('case.hand_over')} words={t('case.hand_over')} onClose={onClose} send={send} ready={receiver.trim() && number.trim()}>
      <p class="sub">{t('hand_over.hint')}</p>
      <Input label={t('hand_over.to')} value={receiver} onValue={setReceiver} required autoFocus maxLength={200} />
      <Input label={t('hand_over.number')} value={number} onValue={setNumber} required maxLength={200} />
    </Form>
  );
}

export function Hold({ shown, onClose, onDone }) {
  const [reason, setReason] = useState('');
  const send = async () => { await post(path(shown, 'hold'), { reason: reason.trim() }); onDone(); };
  return (
    <Form title={t('case.hold')} words={t('hold.ask')} onClose={onClose} send={send} ready={reason.trim()}>
      <p class="sub">{t('hold.hint')}</p>
      <TextArea label={t('hold.reason')} value={reason} onValue={setReason} required autoFocus maxLength={2000} />
    </Form>
  );
}

export function CloseCase({ shown, onClose, onDone }) {
  const [note, setNote] = useState('');
  const send = async () => { await post(path(shown, 'close'), { note: note.trim() }); onDone(); };
  return (
    <Form title={t('case.close')} words={t('case.close')} onClose={onClose} send={send} ready={note.trim()}>
      <TextArea label={t('note.needed')} value={note} onValue={setNote} required autoFocus maxLength={2000} />
    </Form>
  );
}

export function ExportForm({ shown, onClose, onBag }) {
  const [masked, setMasked] = useState(true);
  const send = async () => onBag({ masked, ...(await post(path(shown, 'export'), { masked })) });
  return (
    <Form title={t('case.export')} words={t('export.make')} onClose={onClose} send={send}>
      <p class="sub">{t('export.hint')}</p>
      <fieldset>
        <legend>{t('export.kind')}</legend>
        <label class="check"><input type="radio" name="masked" checked={masked} autoFocus onChange={() => setMasked(true)} /> {t('export.masked')}</label>
        <label class="check"><input type="radio" name="masked" checked={!masked} onChange={() => setMasked(false)} /> {t('export.whole')}</label>
      </fieldset>
    </Form>
  );
}
