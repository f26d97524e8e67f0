// The system's own records: who did and read what, what is held about a person, and what is due to be forgotten.
import { useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { dateTime, number } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Empty, Fault, Input, Loading, More, Outside, Table, useLoaded, usePages } from '../core/widgets.jsx';

const nameOf = (staff) => (typeof staff === 'object' && staff ? (staff.full_name ?? staff.name) : staff);
const asText = (detail) => (detail == null ? '' : typeof detail === 'string' ? detail : JSON.stringify(detail));

function Chain() {
  const [found, setFound] = useState(null);
  const check = () => get('/audit/check').then(setFound, complain);
  return (
    <div class="inline">
      <button type="button" onClick={check}>{t('audit.check')}</button>
      <span role="status">{found && (found.ok
        ? <span class="fine">✓ {t('audit.whole', { n: number(found.rows) })}</span>
        : <strong class="warn">⚠ {t('audit.broken', { at: found.broken_at })}</strong>)}</span>
    </div>
  );
}

export function Audit() {
  const [filters, setFilters] = useState({ staff: '', action: '', object: '' });
  const pages = usePages((after) => get('/audit', { ...filters, after, limit: 100 }), [JSON.stringify(filters)]);
  const set = (name) => (value) => setFilters({ ...filters, [name]: value });
  return (
    <div class="sheet">
      <header class="sheet-head"><h1>{t('nav.audit')}</h1><Chain /></header>
      <div class="inline">
        {Object.keys(filters).map((name) => <Input key={name} label={t(`audit.${name}`)} value={filters[name]} onValue={set(name)} inputMode={name === 'staff' ? 'numeric' : undefined} pattern={name === 'staff' ? '[0-9]*' : undefined} />)}
      </div>
      <Fault fault={pages.fault} />
      {pages.rows.length > 0 && <Table caption={t('nav.audit')} rows={pages.rows} columns={[
        { key: 'seq', title: t('audit.seq'), number: true },
        { key: 'at', title: t('audit.at'), cell: (row) => dateTime(row.at) },
        { key: 'staff', title: t('audit.staff'), cell: (row) => <Outside text={nameOf(row.staff) ?? '–'} /> },
        { key: 'action', title: t('audit.action'), cell: (row) => <code><Outside text={row.action} /></code> },
        { key: 'object', title: t('audit.object') },
        { key: 'detail', title: t('audit.detail'), cell: (row) => <span class="detail-cell"><Outside text={asText(row.detail)} /></span> },
        { key: 'hash', title: t('audit.hash'), cell: (row) => <code title={row.hash}>{String(row.hash ?? '').slice(0, 12)}</code> },
      ]} />}
      {!pages.loading && !pages.rows.length && <Empty>{t('audit.empty')}</Empty>}
      <More pages={pages} />
    </div>
  );
}

function Report({ report }) {
  const { subject, ...parts } = report;
  return (
    <div class="card report">
      <h2><Outside text={subject?.name ?? subject?.id ?? String(subject ?? '')} /></h2>
      {Object.entries(parts).map(([name, value]) =>
        Array.isArray(value) ? (
          value.length ? <Table key={name} caption={`${term('report', name)} (${value.length})`} rows={value}
            columns={Object.keys(value[0]).map((key) => ({ key, title: key, cell: (row) => <Outside text={/_at$|^at$/.test(key) ? dateTime(row[key]) : asText(row[key])} /> }))} />
            : <p key={name}>{term('report', name)}: {t('report.none')}</p>
        ) : <p key={name}><strong>{term('report', name)}</strong>: <Outside text={asText(value)} /></p>)}
    </div>
  );
}

export function People() {
  const [id, setId] = useState('');
  const [state, setState] = useState({});
  const onSubmit = (event) => {
    event.preventDefault();
    setState({});
    get(`/people/${encodeURIComponent(id.trim())}/report`).then((report) => setState({ report }), (fault) => setState({ fault }));
  };
  return (
    <div class="sheet">
      <h1>{t('nav.people')}</h1>
      <p>{t('people.lead')}</p>
      <form class="inline" onSubmit={onSubmit}>
        <Input label={t('person.id')} value={id} onValue={setId} required maxLength={100} />
        <button type="submit" class="primary">{t('people.button')}</button>
      </form>
      <Fault fault={state.fault} />
      {state.report && <Report report={state.report} />}
    </div>
  );
}

export function Retention() {
  const loaded = useLoaded(() => get('/retention'));
  const rows = loaded.value?.rows ?? (Array.isArray(loaded.value) ? loaded.value : Object.entries(loaded.value ?? {}).map(([state, value]) => (typeof value === 'object' ? { state, ...value } : { state, due: value })));
  const [sure, setSure] = useState(false);
  const run = () => post('/retention/run').then((done) => {
    say(t('retention.done', { n: number(done?.forgotten ?? done?.removed ?? done?.rows ?? 0) }), 'done');
    setSure(false);
    loaded.reload();
  }, complain);
  return (
    <div class="sheet">
      <h1>{t('nav.retention')}</h1>
      <p>{t('retention.lead')}</p>
      <Fault fault={loaded.fault} />
      {loaded.loading && !loaded.value && <Loading />}
      {rows.length > 0 && <Table caption={t('retention.dry_run')} rows={rows}
        columns={Object.keys(rows[0]).map((key) => ({ key, title: term('retention', key), cell: (row) => (key === 'state' ? term('retained', row.state) : <Outside text={/_at$/.test(key) ? dateTime(row[key]) : asText(row[key])} />) }))} />}
      <div class="actions">
        <label class="check"><input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} /> {t('retention.sure')}</label>
        <button type="button" class="primary" disabled={!sure} onClick={run}>{t('retention.run')}</button>
      </div>
    </div>
  );
}
