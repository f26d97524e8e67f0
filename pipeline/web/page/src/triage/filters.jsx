// What the list is narrowed to, and the views that a person keeps.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { t, term } from '../core/i18n.js';
import { complain, say } from '../core/toast.jsx';
import { Input, Outside, Select, useLoaded } from '../core/widgets.jsx';

const CLOSED = {
  level: ['critical', 'high', 'medium', 'low', 'info'],
  stage: ['before', 'determined', 'campaign', 'quiet', 'voting', 'after'],
  kind: ['post', 'comment', 'share', 'like', 'follow'],
  ownership: ['declared', 'confirmed', 'known', 'probable'],
  state: ['open', 'needs_info', 'held', 'proposed', 'returned', 'confirmed', 'dismissed', 'pending_dismissal'],
  days_left_max: ['0', '1', '3', '7'],
};
// Menus that the server fills with what there is.
const OFFERED = { agency: 'agencies', region: 'regions', platform: 'platforms', rule: 'rules' };
const SEARCH_PAUSE_MS = 300;

const closedOptions = (name) => [['', t('filter.any')], ...CLOSED[name].map((value) => [value, term(name, value)])];

function Views({ filters, onFilters }) {
  const views = useLoaded(() => get('/views'));
  const rows = views.value?.rows ?? views.value ?? [];
  const [name, setName] = useState('');
  const keep = async () => {
    try {
      await post('/views', { name, query: new URLSearchParams(filters).toString() });
      setName('');
      views.reload();
      say(t('views.kept'), 'done');
    } catch (fault) {
      complain(fault);
    }
  };
  const forget = (id) => post(`/views/${id}/delete`).then(views.reload, complain);
  return (
    <div class="kept-views">
      <h3>{t('views.title')}</h3>
      <ul>
        {rows.map((view) => (
          <li key={view.id}>
            <button type="button" class="quiet" onClick={() => onFilters(Object.fromEntries(new URLSearchParams(view.query)))}><Outside text={view.name} /></button>
            <button type="button" class="quiet icon" aria-label={t('views.forget', { name: view.name })} onClick={() => forget(view.id)}>✕</button>
          </li>
        ))}
      </ul>
      <div class="inline">
        <Input label={t('views.name')} value={name} onValue={setName} maxLength={80} />
        <button type="button" disabled={!name.trim()} onClick={keep}>{t('views.keep')}</button>
      </div>
    </div>
  );
}

const WAITING_STATES = ['', 'open', 'needs_info', 'returned'];

/** Whether what these filters ask for can be sorted by chance: only what waits. */
export const mayBeByChance = (filters) => WAITING_STATES.includes(filters.state ?? '');

export function Filters({ filters, onFilters, searchBox }) {
  const contests = useContests();
  const choices = useLoaded(() => get('/filters')).value ?? {};
  const offersChance = choices.sorts?.includes('chance');
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(filters.q ?? '');
  const timer = useRef(0);
  useEffect(() => setWords(filters.q ?? ''), [filters.q]);
  // A view that was kept may ask for an order that is switched off by now.
  useEffect(() => {
    if (choices.sorts && !offersChance && filters.sort) set('sort')('');
  }, [choices.sorts, filters.sort]);
  const set = (name) => (value) => {
    const next = { ...filters, [name]: value };
    if (name === 'contest') delete next.candidate;
    onFilters(Object.fromEntries(Object.entries(next).filter(([, filled]) => filled)));
  };
  const onWords = (event) => {
    const value = event.currentTarget.value;
    setWords(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set('q')(value), SEARCH_PAUSE_MS);
  };
  const active = Object.keys(filters).filter((name) => name !== 'q' && name !== 'sort').length;
  const candidates = contests.find(({ id }) => id === filters.contest)?.candidates ?? [];
  return (
    <search class="filters">
      <div class="inline">
        <input ref={searchBox} type="search" class="grow" aria-label={t('filter.q')} placeholder={t('filter.q_hint')} value={words} onInput={onWords}
          onKeyDown={(event) => { if (event.key === 'Escape') event.currentTarget.blur(); }} />
        {offersChance && mayBeByChance(filters) && (
          <Select label={t('sort.label')} value={filters.sort ?? ''} onValue={set('sort')} options={[['', t('sort.due')], ['chance', t('sort.chance')]]} />
        )}
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t('filter.title')}{active > 0 && ` (${active})`}</button>
      </div>
      {open && (
        <div class="filter-grid">
          <Select label={t('filter.contest')} value={filters.contest ?? ''} onValue={set('contest')}
            options={[['', t('filter.any')], ...contests.map(({ id }) => [id, id])]} />
          <Select label={t('filter.candidate')} value={filters.candidate ?? ''} onValue={set('candidate')} disabled={!candidates.length}
            options={[['', t('filter.any')], ...candidates.map(({ id }) => [String(id), candidateWords(contests, filters.contest, id)])]} />
          {Object.keys(CLOSED).map((name) => (
            <Select key={name} label={t(`filter.${name}`)} value={filters[name] ?? ''} onValue={set(name)} options={closedOptions(name)} />
          ))}
          {Object.entries(OFFERED).map(([name, list]) => (
            <Select key={name} label={t(`filter.${name}`)} value={filters[name] ?? ''} onValue={set(name)}
              options={[['', t('filter.any')], ...(choices[list] ?? []).map((value) => [value, name === 'platform' ? term('platform', value) : value])]} />
          ))}
          <button type="button" class="quiet" onClick={() => onFilters({})}>{t('filter.clear')}</button>
          <Views filters={filters} onFilters={onFilters} />
        </div>
      )}
    </search>
  );
}
