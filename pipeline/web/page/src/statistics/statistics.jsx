// What managers look at. Where numbers are small, the interval says how little they mean.
import { useMemo, useState } from 'preact/hooks';
import { get } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { number, percent } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Fault, Input, Loading, Outside, Table, useLoaded } from '../core/widgets.jsx';
import { Bars, OverTime } from './chart.jsx';

const STAGES = ['before', 'determined', 'campaign', 'quiet', 'voting', 'after'];

function overTime(rows) {
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const stages = STAGES.filter((stage) => rows.some((row) => row.stage === stage));
  const counts = new Map(rows.map((row) => [`${row.day} ${row.stage}`, row.flags]));
  return {
    days,
    series: stages.map((stage) => ({ stage, name: term('stage', stage), values: days.map((day) => counts.get(`${day} ${stage}`) ?? 0) })),
    columns: [{ key: 'day', title: t('statistics.day') }, ...stages.map((stage) => ({ key: stage, title: term('stage', stage), number: true }))],
    rows: days.map((day) => Object.fromEntries([['day', day], ...stages.map((stage) => [stage, counts.get(`${day} ${stage}`) ?? 0])])),
  };
}

const barsOf = (rows, name) => (rows ?? []).map((row) => ({ name: name(row), value: row.flags ?? row.count ?? 0 })).sort((a, b) => b.value - a.value);

function ClockTiles({ clock = {}, kappa }) {
  const tiles = [['overdue', 'overdue'], ['due_1', 'soon'], ['due_3', 'near'], ['due_7', 'calm']];
  return (
    <ul class="tiles">
      {tiles.map(([name, urgency]) => <li key={name} class={urgency}><b>{number(clock[name])}</b><span>{t(`statistics.clock.${name}`)}</span></li>)}
      <li><b>{kappa?.kappa == null ? '–' : number(kappa.kappa, 2)}</b><span>{t('statistics.kappa', { n: number(kappa?.n) })}</span></li>
    </ul>
  );
}

/** A precision with its interval, drawn as one line from 0 to 1. */
function Interval({ row }) {
  if (row.precision == null) return '–';
  return (
    <span class="interval-cell">
      {percent(row.precision)}
      <svg class="interval" viewBox="0 0 100 10" role="img" aria-label={`${percent(row.low)} – ${percent(row.high)}`}>
        <rect x="0" y="4" width="100" height="2" class="rail" />
        <rect x={100 * row.low} y="2.5" width={Math.max(1, 100 * (row.high - row.low))} height="5" class="span" />
        <circle cx={100 * row.precision} cy="5" r="3.6" class="point" />
      </svg>
      <span class="sub">{percent(row.low)} – {percent(row.high)}</span>
    </span>
  );
}

function Rules({ rows }) {
  return (
    <section class="card wide-chart">
      <h2>{t('statistics.rules')}</h2>
      <p class="sub">{t('statistics.rules_hint')}</p>
      <Table caption={t('statistics.rules')} rows={rows} columns={[
        { key: 'rule', title: t('why.rule') },
        { key: 'flags', title: t('statistics.flags'), number: true, cell: (row) => number(row.flags) },
        { key: 'confirmed', title: t('statistics.confirmed'), number: true, cell: (row) => number(row.confirmed) },
        { key: 'dismissed', title: t('statistics.dismissed'), number: true, cell: (row) => number(row.dismissed) },
        { key: 'precision', title: t('statistics.precision'), cell: (row) => <Interval row={row} /> },
        { key: 'warning', title: t('statistics.warning'), cell: (row) => (row.warning ? <strong class="warn">⚠ {t('statistics.needs_author')}</strong> : '–') },
      ]} />
    </section>
  );
}

export function Statistics() {
  const contests = useContests();
  const [range, setRange] = useState({ from: '', to: '' });
  const loaded = useLoaded((signal) => get('/statistics', range, { signal }), [range.from, range.to]);
  const found = loaded.value;
  const time = useMemo(() => overTime(found?.over_time ?? []), [found]);
  const name = (...keys) => (row) => String(keys.map((key) => row[key]).find((value) => value != null && value !== '') ?? '–');
  return (
    <div class="sheet">
      <header class="sheet-head">
        <h1>{t('nav.statistics')}</h1>
        <div class="inline">
          <Input label={t('statistics.from')} type="date" value={range.from} onValue={(from) => setRange({ ...range, from })} />
          <Input label={t('statistics.to')} type="date" value={range.to} onValue={(to) => setRange({ ...range, to })} />
        </div>
      </header>
      <Fault fault={loaded.fault} />
      {loaded.loading && !found && <Loading />}
      {found && (
        <div class="charts">
          <ClockTiles clock={found.clock} kappa={found.kappa} />
          <OverTime title={t('statistics.over_time')} {...time} />
          <Bars title={t('statistics.by_candidate')} note={t('statistics.by_candidate_hint')}
            bars={barsOf(found.by_candidate, (row) => candidateWords(contests, row.contest, row.candidate ?? row.name))} />
          <Bars title={t('statistics.by_kind')} bars={barsOf(found.by_kind, (row) => term('kind', row.kind ?? row.name))} />
          <Bars title={t('statistics.by_agency')} bars={barsOf(found.by_agency, name('agency', 'name'))} />
          <Bars title={t('statistics.by_region')} bars={barsOf(found.by_region, name('region', 'name'))} />
          <Rules rows={found.rules ?? []} />
          <section class="card wide-chart">
            <h2>{t('statistics.workload')}</h2>
            <Table caption={t('statistics.workload')} rows={found.workload ?? []} columns={[
              { key: 'staff', title: t('statistics.staff'), cell: (row) => <Outside text={row.staff?.name ?? row.staff} /> },
              { key: 'decisions', title: t('statistics.decisions'), number: true, cell: (row) => number(row.decisions) },
              { key: 'median_seconds', title: t('statistics.median'), number: true, cell: (row) => number(row.median_seconds, 1) },
            ]} />
          </section>
        </div>
      )}
    </div>
  );
}
