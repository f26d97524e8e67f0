// Roster and campaign list from CSV: tried first, with every mistake told by its line; then taken in.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { readText } from '../core/files.js';
import { number } from '../core/format.js';
import { t } from '../core/i18n.js';
import { Fault, Field, Input, Table } from '../core/widgets.jsx';

const CSV_BYTES_MAX = 64 * 1024 * 1024;

function Import({ kind }) {
  const [file, setFile] = useState(null);
  const [basis, setBasis] = useState('');
  const [state, setState] = useState({});
  const send = async (dryRun) => {
    setState({ busy: true });
    try {
      if (file.size > CSV_BYTES_MAX) throw new Error(t('identity.too_large', { n: CSV_BYTES_MAX / 1024 / 1024 }));
      const csv = await readText(file);
      const found = await post(`/lists/${kind}`, { csv, basis, dry_run: dryRun });
      setState({ found, tried: dryRun });
    } catch (fault) {
      setState({ fault });
    }
  };
  const { found } = state;
  const mistakes = found?.errors ?? [];
  const mistakesInAll = found?.errors_in_all ?? mistakes.length;
  const ready = file && basis.trim() && !state.busy;
  return (
    <section class="card">
      <h2>{t(`imports.${kind}`)}</h2>
      <p class="sub">{t(`imports.${kind}_hint`)}</p>
      <form onSubmit={(event) => { event.preventDefault(); send(true); }}>
        <Field label={t('imports.file')}>{(id) => <input id={id} type="file" accept=".csv,text/csv" onChange={(event) => { setFile(event.currentTarget.files[0] ?? null); setState({}); }} />}</Field>
        <Input label={t('imports.basis')} hint={t('imports.basis_hint')} value={basis} onValue={setBasis} required maxLength={300} />
        <div class="actions">
          <button type="submit" disabled={!ready}>{t('imports.try')}</button>
          <button type="button" class="primary" disabled={!ready || !state.tried || mistakes.length > 0} onClick={() => send(false)}>{t('imports.take')}</button>
        </div>
      </form>
      <Fault fault={state.fault} />
      {found && <p role="status" class={mistakes.length ? 'warn' : 'fine'}>
        {mistakes.length ? t('imports.mistakes', { n: number(mistakesInAll) }) : t(state.tried ? 'imports.fine' : 'imports.taken', { n: number(found.rows ?? found.accepted ?? 0) })}</p>}
      {mistakes.length > 0 && <Table caption={t('imports.mistakes', { n: number(mistakesInAll) })} rows={mistakes.slice(0, 500)} columns={[
        { key: 'line', title: t('imports.line'), number: true }, { key: 'column', title: t('imports.column'), number: true }, { key: 'reason', title: t('imports.reason') }]} />}
    </section>
  );
}

export const Imports = () => (
  <div class="sheet">
    <h1>{t('nav.imports')}</h1>
    <div class="columns"><Import kind="roster" /><Import kind="campaign" /></div>
  </div>
);
