// A pile (one person × one candidate) and its items, as rows of the list.
import { candidateWords } from '../core/catalogue.js';
import { date } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { to } from '../core/router.js';
import { Chip, Clock, Outside } from '../core/widgets.jsx';

export const WAITING = new Set(['open', 'needs_info', 'returned', 'held']);

export function PileRow({ pile, contests, open, onOpen, onSelect, selected }) {
  const { subject } = pile;
  return (
    <div class={`pile-row ${open ? 'is-open' : ''} level-edge-${pile.level}`}>
      <input type="checkbox" checked={selected} onChange={onSelect} aria-label={t('triage.select_pile', { who: subject.id })} />
      <button type="button" class="pile-head" aria-expanded={open} onClick={onOpen}>
        <span class="line"><strong><Outside text={subject.name ?? subject.id} /></strong><Clock days={pile.days_left} due={pile.due_at} /></span>
        <span class="line sub"><Outside text={subject.agency} class="clip" /><span>{term('category', subject.category)}</span></span>
        <span class="line sub">
          <span class="clip">→ <Outside text={candidateWords(contests, pile.contest, pile.candidate)} /></span>
          <span class="count">{t('triage.waiting', { n: pile.waiting, of: pile.items })}</span>
        </span>
        <span class="line sub"><Chip list="level" value={pile.level} /><span>{(pile.stages ?? []).map((stage) => term('stage', stage)).join(', ')}</span></span>
      </button>
    </div>
  );
}

export function ItemRow({ row, view = 'triage', current, selected, onSelect }) {
  return (
    <div class={`item-row ${current ? 'is-current' : ''} ${WAITING.has(row.state) || row.state === 'proposed' ? '' : 'is-done'}`}>
      {onSelect && <input type="checkbox" checked={selected} onChange={onSelect} aria-label={t('triage.select_item', { key: row.key })} />}
      <a href={to(view, row.item)} data-item={row.item} aria-current={current ? 'true' : undefined}>
        <span class="line sub">
          <span>{term('platform', row.platform)} · {term('kind', row.kind)}</span><span>{date(row.acted_at ?? row.found_at)}</span>
        </span>
        <span class="snippet"><Outside text={row.snippet || t('triage.no_text')} /></span>
        <span class="line sub">
          <Chip list="level" value={row.level} />
          {row.state !== 'open' && <Chip list="state" value={row.state} />}
          {row.claimed_by && <span class="clip">{t('triage.claimed_by')} <Outside text={row.claimed_by} /></span>}
        </span>
      </a>
    </div>
  );
}
