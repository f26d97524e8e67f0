// Who of the roster acts towards which campaign account. Drawn by cytoscape on a canvas; the table beside it
// says the same to whoever cannot see it.
import cytoscape from 'cytoscape';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../core/api.js';
import { useContests } from '../core/catalogue.js';
import { number } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Empty, Fault, Loading, Select, Table, useLoaded } from '../core/widgets.jsx';

const DRAWN_LINKS_MAX = 1500;
const LABEL_MAX = 28;
const label = (id) => id.slice(0, LABEL_MAX);

function elements(found) {
  const links = found.links.slice(0, DRAWN_LINKS_MAX);
  const subjects = new Set(links.map(({ subject }) => subject));
  const accounts = new Set(links.map(({ account }) => account));
  return [
    ...[...subjects].map((id) => ({ data: { id: `s${id}`, label: label(id), kind: 'subject' } })),
    ...[...accounts].map((id) => ({ data: { id: `a${id}`, label: label(id), kind: 'account' } })),
    ...links.map((link, at) => ({ data: { id: `l${at}`, source: `s${link.subject}`, target: `a${link.account}`, kind: link.kind, width: 1 + Math.log2(1 + link.count) } })),
  ];
}

const style = [
  { selector: 'node', style: { label: 'data(label)', 'font-size': 10, color: '#24302e', 'text-background-color': '#fffefb', 'text-background-opacity': 0.8, 'text-valign': 'bottom', 'text-margin-y': 3, 'min-zoomed-font-size': 8, width: 18, height: 18, 'background-color': '#0e6b63' } },
  { selector: 'node[kind="account"]', style: { shape: 'diamond', 'background-color': '#c2571a', width: 30, height: 30, 'font-weight': 'bold' } },
  { selector: 'edge', style: { width: 'data(width)', 'line-color': '#9fb0ad', 'curve-style': 'haystack' } },
  { selector: 'edge[kind="follow"]', style: { 'line-style': 'dashed' } },
  { selector: '.faded', style: { opacity: 0.12 } },
];

function Drawing({ found }) {
  const box = useRef(null);
  useEffect(() => {
    const drawn = cytoscape({ container: box.current, elements: elements(found), style, minZoom: 0.1, maxZoom: 3,
      layout: { name: 'cose', animate: false, nodeRepulsion: () => 9000, idealEdgeLength: () => 70 } });
    drawn.on('tap', 'node', ({ target }) => {
      drawn.elements().addClass('faded');
      target.closedNeighborhood().removeClass('faded');
    });
    drawn.on('tap', (event) => { if (event.target === drawn) drawn.elements().removeClass('faded'); });
    return () => drawn.destroy();
  }, [found]);
  return <div ref={box} class="graph-box card" aria-hidden="true" />;
}

export function Graph() {
  const contests = useContests();
  const [contest, setContest] = useState('');
  const loaded = useLoaded((signal) => get('/graph', { contest }, { signal }), [contest]);
  const found = loaded.value;
  return (
    <div class="sheet">
      <header class="sheet-head">
        <h1>{t('nav.graph')}</h1>
        <Select label={t('filter.contest')} value={contest} onValue={setContest} options={[['', t('filter.any')], ...contests.map(({ id }) => [id, id])]} />
      </header>
      <p class="legend"><span class="dot subject" /> {t('graph.subject')} <span class="dot account" /> {t('graph.account')} · {t('graph.hint')}</p>
      <Fault fault={loaded.fault} />
      {loaded.loading && !found && <Loading />}
      {found && !found.links.length && <Empty>{t('graph.empty')}</Empty>}
      {found && found.links.length > 0 && (
        <>
          <Drawing found={found} />
          {found.truncated && <p class="sub">{t('graph.truncated')}</p>}
          <details class="card"><summary>{t('statistics.as_table')}</summary>
            <Table caption={t('nav.graph')} rows={found.links.slice(0, DRAWN_LINKS_MAX)} columns={[
              { key: 'subject', title: t('graph.subject') },
              { key: 'account', title: t('graph.account') },
              { key: 'kind', title: t('filter.kind'), cell: (row) => term('kind', row.kind) },
              { key: 'count', title: t('graph.count'), number: true, cell: (row) => number(row.count) },
            ]} />
          </details>
        </>
      )}
    </div>
  );
}
