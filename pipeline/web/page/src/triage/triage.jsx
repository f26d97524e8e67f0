// The list of what waits, by the legal clock or by chance, with the item that is looked at beside it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../core/api.js';
import { useContests } from '../core/catalogue.js';
import { t } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { go, replace } from '../core/router.js';
import { complain } from '../core/toast.jsx';
import { Empty, Fault, More, usePages } from '../core/widgets.jsx';
import { BulkBar } from '../decide/bulk.jsx';
import { ItemView } from '../item/item.jsx';
import { Filters, mayBeByChance } from './filters.jsx';
import { ItemRow, PileRow, WAITING } from './rows.jsx';

const PILES_PER_PAGE = 50;
const ITEMS_PER_PILE = 200;
const SELECTED_MAX = 1000;
const isNarrow = () => window.matchMedia('(max-width: 820px)').matches;

// What one was looking at is still there when one comes back to this view; it is not kept beyond the page.
const kept = { filters: {} };

const itemsOf = (pile, sort, after) => get(`/piles/${encodeURIComponent(pile)}/items`, { sort, after, limit: ITEMS_PER_PILE });
/** All rows of a pile, as many as can be selected: the server gives them by pages. */
async function allItemsOf(pile, sort) {
  const rows = [];
  let page = { next: undefined };
  do {
    page = await itemsOf(pile, sort, page.next);
    rows.push(...page.rows);
  } while (page.next && rows.length < SELECTED_MAX);
  return rows;
}

/** The pile that is open, and its rows. */
function useOpenPile(sort) {
  const [open, setOpen] = useState({ pile: null, rows: [] });
  const asked = useRef(null);
  const load = async (pile) => {
    asked.current = pile;
    try {
      const { rows } = await itemsOf(pile, sort);
      if (asked.current === pile) setOpen({ pile, rows });
      return rows;
    } catch (fault) {
      complain(fault);
      return [];
    }
  };
  return { ...open, load, setOpen };
}

function useSelection() {
  const [selected, setSelected] = useState(new Set());
  const mark = (items, on) => setSelected((before) => {
    const after = new Set(before);
    for (const item of items) {
      if (!on) after.delete(item);
      else if (after.size < SELECTED_MAX) after.add(item);
    }
    return after;
  });
  return { selected, mark, clear: () => setSelected(new Set()) };
}

const focusRow = (item) => requestAnimationFrame(() => {
  const row = document.querySelector(`[data-item="${CSS.escape(String(item))}"]`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
});

export function Triage({ session, rest }) {
  const contests = useContests();
  const [filters, setFilters] = useState(kept.filters);
  kept.filters = filters;
  const sort = filters.sort === 'chance' && mayBeByChance(filters) ? 'chance' : 'due';
  const piles = usePages((after) => get('/piles', { ...filters, sort, after, limit: PILES_PER_PAGE }), [JSON.stringify(filters)]);
  const open = useOpenPile(sort);
  const { selected, mark, clear } = useSelection();
  const searchBox = useRef(null);
  const item = rest[0] || null;
  const [turn, setTurn] = useState(0);

  const enter = async (pile, last = false) => {
    const rows = await open.load(pile);
    const waiting = rows.filter((row) => WAITING.has(row.state));
    const row = last ? rows.at(-1) : (waiting[0] ?? rows[0]);
    if (row) { go('triage', row.item); focusRow(row.item); }
  };
  // The first pile opens by itself where list and item stand side by side.
  useEffect(() => {
    if (!piles.loading && piles.rows.length && !open.pile) open.load(piles.rows[0].pile);
  }, [piles.loading]);
  useEffect(() => {
    const first = open.rows.find((row) => WAITING.has(row.state)) ?? open.rows[0];
    if (!item && first && !isNarrow()) replace('triage', first.item);
  }, [item, open.pile]);

  const step = (by) => {
    const at = open.rows.findIndex((row) => String(row.item) === item);
    const next = open.rows[at + by];
    if (next && at >= 0) { go('triage', next.item); focusRow(next.item); return; }
    const pileAt = piles.rows.findIndex((row) => row.pile === open.pile);
    const pile = piles.rows[pileAt + by];
    if (pile) enter(pile.pile, by < 0);
    if (pileAt + by >= piles.rows.length - 2) piles.more();
  };
  const onDecided = (decided, state) => {
    const rows = open.rows.map((row) => (String(row.item) === String(decided) ? { ...row, state } : row));
    open.setOpen({ pile: open.pile, rows });
    const waiting = rows.filter((row) => WAITING.has(row.state));
    piles.setState((before) => ({ ...before, rows: before.rows.map((row) => (row.pile === open.pile ? { ...row, waiting: waiting.length } : row)) }));
    const at = rows.findIndex((row) => String(row.item) === String(decided));
    const next = waiting.find((row) => rows.indexOf(row) > at) ?? waiting[0];
    if (next) { go('triage', next.item); focusRow(next.item); }
    else {
      const following = piles.rows[piles.rows.findIndex((row) => row.pile === open.pile) + 1];
      if (following) enter(following.pile);
    }
  };
  const refresh = (back) => {
    if (open.pile) open.load(open.pile);
    piles.reload();
    setTurn((before) => before + 1);
    if (back) { go('triage', back); focusRow(back); }
  };
  const selectPile = async (pile, on) => {
    const rows = pile === open.pile ? open.rows : await allItemsOf(pile, sort).catch((fault) => { complain(fault); return []; });
    mark(rows.filter((row) => !on || WAITING.has(row.state)).map((row) => row.item), on);
  };
  const currentRow = open.rows.find((row) => String(row.item) === item);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    x: () => currentRow && mark([currentRow.item], !selected.has(currentRow.item)),
    '/': () => searchBox.current?.focus(),
  });
  return (
    <div class={`split ${item ? 'has-item' : ''}`}>
      <section class="list" aria-label={t('nav.triage')}>
        <h1 class="visually-hidden">{t('nav.triage')}</h1>
        <Filters filters={filters} onFilters={(next) => { open.setOpen({ pile: null, rows: [] }); setFilters(next); }} searchBox={searchBox} />
        <Fault fault={piles.fault} />
        <ul class="piles">
          {piles.rows.map((pile) => (
            <li key={pile.pile}>
              <PileRow pile={pile} contests={contests} open={pile.pile === open.pile} onOpen={() => enter(pile.pile)}
                selected={pile.pile === open.pile && open.rows.length > 0 && open.rows.every((row) => !WAITING.has(row.state) || selected.has(row.item))}
                onSelect={(event) => selectPile(pile.pile, event.currentTarget.checked)} />
              {pile.pile === open.pile && (
                <ul class="items">
                  {open.rows.map((row) => (
                    <li key={row.item}>
                      <ItemRow row={row} current={String(row.item) === item} selected={selected.has(row.item)}
                        onSelect={() => mark([row.item], !selected.has(row.item))} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
        {!piles.loading && !piles.rows.length && !piles.fault && <Empty>{t('triage.empty')}</Empty>}
        <More pages={piles} />
        {selected.size > 0 && <BulkBar items={[...selected]} onDone={() => { clear(); refresh(); }} onClear={clear} />}
      </section>
      <section class="detail" aria-label={t('item.label')}>
        {item ? <ItemView key={item} item={item} session={session} view="triage" turn={turn} onDecided={onDecided} onRefresh={refresh} />
          : <Empty>{t('triage.choose')}</Empty>}
      </section>
    </div>
  );
}
