// What is asked before a decision. Each form is short enough for a press of one key, or two.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { candidateWords, useContests, useSkb } from '../core/catalogue.js';
import { localized, t, term } from '../core/i18n.js';
import { Dialog, Fault, Outside, Select, TextArea } from '../core/widgets.jsx';
import { FACTS, REASONS, reasonKey } from './reasons.js';

function useSending(send) {
  const [state, setState] = useState({});
  const attempt = async (...given) => {
    if (state.busy) return;
    setState({ busy: true });
    try {
      await send(...given);
    } catch (fault) {
      setState({ fault });
    }
  };
  return [attempt, state];
}

const Actions = ({ words, busy, disabled, autoFocus, onClose }) => (
  <div class="actions">
    <button type="submit" class="primary" autoFocus={autoFocus} disabled={busy || disabled}>{words}</button>
    <button type="button" onClick={onClose}>{t('cancel')}</button>
  </div>
);

/** A digit dismisses at once; "other" wants its note first. */
export function Dismiss({ onClose, onSend, count }) {
  const [reason, setReason] = useState(null);
  const [note, setNote] = useState('');
  const [attempt, { busy, fault }] = useSending(onSend);
  const send = (chosen) => attempt({ reason: chosen, ...(note.trim() && { note: note.trim() }) });
  const pick = (chosen) => {
    setReason(chosen);
    if (chosen === 'other' || count) document.getElementById('dismiss-note')?.querySelector('textarea')?.focus();
    else send(chosen);
  };
  const keys = Object.fromEntries(REASONS.map((name, at) => [reasonKey(at), () => pick(name)]));
  return (
    <Dialog title={count ? t('bulk.title', { n: count }) : t('do.dismiss')} onClose={onClose} keys={keys}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason) send(reason); }}>
        <p class="sub">{t(count ? 'bulk.hint' : 'dismiss.hint')}</p>
        <fieldset class="reasons">
          <legend>{t('dismiss.reason')}</legend>
          {REASONS.map((name, at) => (
            <label key={name} class="check">
              <input type="radio" name="reason" autoFocus={at === 0} value={name} checked={reason === name} onChange={() => setReason(name)} />
              <kbd>{reasonKey(at)}</kbd> {term('reason', name)}
            </label>
          ))}
        </fieldset>
        <div id="dismiss-note">
          <TextArea label={t(reason === 'other' ? 'note.needed' : 'note.optional')} value={note} onValue={setNote} required={reason === 'other'} maxLength={2000} />
        </div>
        <Fault fault={fault} />
        <Actions words={t('do.dismiss')} busy={busy} disabled={!reason || (reason === 'other' && !note.trim())} onClose={onClose} />
      </form>
    </Dialog>
  );
}

const sameItems = (a, b) => a.length === b.length && a.every((id) => b.includes(id));

/** What the rules, or an earlier proposal, say of the catalogue's items. */
function proposedBy(item) {
  const earlier = (item.decisions ?? []).filter(({ action, undone_by: undone }) => action === 'propose' && undone == null).at(-1);
  const entries = item.state === 'proposed' && earlier?.proposes?.length ? earlier.proposes : (item.rules ?? []).flatMap(({ proposes }) => proposes ?? []);
  const known = new Map();
  for (const entry of entries) known.set(entry.id ?? entry, entry.wording ? localized(entry.wording) : (known.get(entry) ?? ''));
  return known;
}

export function Propose({ item, title, confirms = false, onClose, onSend }) {
  const contests = useContests();
  const cases = confirms && item.links?.length > 1 ? item.links : [];
  const [pile, setPile] = useState(cases[0]?.pile);
  const skb = useSkb();
  const proposed = proposedBy(item);
  const [chosen, setChosen] = useState([...proposed.keys()]);
  const [added, setAdded] = useState([]);
  const [why, setWhy] = useState('');
  const [note, setNote] = useState('');
  const [facts, setFacts] = useState([]);
  const [attempt, { busy, fault }] = useSending(onSend);
  const changed = !sameItems(chosen, [...proposed.keys()]);
  const wording = (id) => proposed.get(id) || localized(skb.find((entry) => (entry.id ?? entry.code) === id)?.wording);
  const toggle = (list, set) => (id) => set(list.includes(id) ? list.filter((other) => other !== id) : [...list, id]);
  const shown = [...new Set([...proposed.keys(), ...added])];
  const onSubmit = (event) => {
    event.preventDefault();
    const body = { proposes: chosen };
    if (changed) body.proposes_reason = why.trim();
    if (note.trim()) body.note = note.trim();
    if (facts.length) body.facts = facts;
    if (cases.length) body.pile = Number(pile);
    attempt(body);
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form onSubmit={onSubmit}>
        <p class="sub">{t('propose.hint')}</p>
        <fieldset>
          <legend>{t('propose.items')}</legend>
          {shown.map((id) => (
            <label key={id} class="check">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(chosen, setChosen)(id)} />
              <span><strong>{id}</strong> <Outside text={wording(id)} /></span>
            </label>
          ))}
          <Select label={t('propose.add')} value="" options={[['', '–'], ...skb.map((entry) => [entry.id ?? entry.code, `${entry.id ?? entry.code} · ${localized(entry.wording)}`.slice(0, 110)]).filter(([id]) => !shown.includes(id))]}
            onValue={(id) => { if (id) { setAdded([...added, id]); setChosen([...chosen, id]); } }} />
        </fieldset>
        {changed && <TextArea label={t('propose.why_changed')} value={why} onValue={setWhy} required maxLength={2000} />}
        <fieldset class="facts-grid">
          <legend>{t('facts.title')}</legend>
          {FACTS.map((fact) => (
            <label key={fact} class="check"><input type="checkbox" checked={facts.includes(fact)} onChange={() => toggle(facts, setFacts)(fact)} /> {term('fact', fact)}</label>
          ))}
        </fieldset>
        {cases.length > 0 && <Select label={t('confirm.case')} value={String(pile)} onValue={setPile}
          options={cases.map((link) => [String(link.pile), `${candidateWords(contests, link.contest, link.candidate)} (${link.contest})`])} />}
        <TextArea label={t('note.optional')} value={note} onValue={setNote} maxLength={2000} />
        <Fault fault={fault} />
        <Actions words={title} autoFocus busy={busy} disabled={!chosen.length || (changed && !why.trim())} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** A decision that is explained in words. */
export function Note({ title, hint, onClose, onSend }) {
  const [note, setNote] = useState('');
  const [attempt, { busy, fault }] = useSending(onSend);
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); attempt(note.trim()); }}>
        <p class="sub">{hint}</p>
        <TextArea label={t('note.needed')} value={note} onValue={setNote} required autoFocus maxLength={2000} />
        <Fault fault={fault} />
        <Actions words={title} busy={busy} disabled={!note.trim()} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function Facts({ item, onClose, onSaved }) {
  const [fact, setFact] = useState(FACTS[0]);
  const [note, setNote] = useState('');
  const [attempt, { busy, fault }] = useSending(async () => {
    await post(`/items/${encodeURIComponent(item.item)}/facts`, { fact, note: note.trim() });
    onSaved();
  });
  return (
    <Dialog title={t('do.facts')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); attempt(); }}>
        <Select label={t('facts.title')} value={fact} onValue={setFact} options={FACTS.map((name) => [name, term('fact', name)])} />
        <TextArea label={t('note.optional')} value={note} onValue={setNote} maxLength={2000} />
        <Fault fault={fault} />
        <Actions words={t('save')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
