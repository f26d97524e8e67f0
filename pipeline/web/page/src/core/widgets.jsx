// Small pieces that many views are made of.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clock, daysLeft } from './format.js';
import { t, term } from './i18n.js';
import { useKeys } from './keys.js';
import { complain, faultText } from './toast.jsx';

/** A value of a closed list, marked by shape and colour as well as by its words. */
export const Chip = ({ list, value, kind }) => (
  <span class={`chip ${kind ?? list}-${String(value).replace(/[^a-z_]/g, '')}`}>{term(list, value)}</span>
);

/** Outside text: set apart, so that its writing direction does not leak into what stands beside it. */
export const Outside = ({ text, class: kind = '' }) => <bdi class={`wrap ${kind}`}>{text}</bdi>;

export function Clock({ days, due }) {
  const { words, urgency } = clock(days ?? daysLeft(due));
  return <span class={`clock ${urgency}`}>{words}</span>;
}

export function Dialog({ title, onClose, keys = {}, wide = false, children }) {
  const box = useRef(null);
  const heading = useId();
  useKeys(keys, { modal: true });
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current.showModal();
    return () => { if (before?.isConnected) before.focus(); };
  }, []);
  return (
    <dialog ref={box} class={wide ? 'wide' : ''} aria-labelledby={heading} onClose={onClose}
      onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header class="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" class="quiet icon" aria-label={t('close')} onClick={onClose}>✕</button>
      </header>
      {children}
    </dialog>
  );
}

/** A labelled field; `children` gets the id that ties them together. */
export function Field({ label, hint, children }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint && <small class="hint">{hint}</small>}
    </div>
  );
}

export const Input = ({ label, hint, value, onValue, ...rest }) => (
  <Field label={label} hint={hint}>
    {(id) => <input id={id} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...rest} />}
  </Field>
);

export const TextArea = ({ label, hint, value, onValue, ...rest }) => (
  <Field label={label} hint={hint}>
    {(id) => <textarea id={id} rows={3} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...rest} />}
  </Field>
);

/** options: [value, words] pairs. */
export const Select = ({ label, hint, value, onValue, options, ...rest }) => (
  <Field label={label} hint={hint}>
    {(id) => (
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)} {...rest}>
        {options.map(([option, words]) => <option key={option} value={option} selected={option === value}>{words}</option>)}
      </select>
    )}
  </Field>
);

export const Fault = ({ fault }) => (fault ? <p class="fault" role="alert">{faultText(fault)}</p> : null);
export const Loading = () => <p class="loading" role="status">{t('loading')}</p>;
export const Empty = ({ children }) => <p class="empty">{children}</p>;

/** What `load` promises; asked again when `inputs` change. */
export function useLoaded(load, inputs = []) {
  const [state, setState] = useState({ loading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, loading: true, fault: null }));
    load(stop.signal).then(
      (value) => { if (!stop.signal.aborted) setState({ value, loading: false }); },
      (fault) => { if (!stop.signal.aborted) setState({ fault, loading: false }); },
    );
    return () => stop.abort();
  }, [...inputs, turn]);
  return { ...state, reload: () => setTurn((before) => before + 1) };
}

/** Pages of a list that is asked for as it is read on. */
export function usePages(load, inputs = []) {
  const [state, setState] = useState({ rows: [], next: null, loading: true });
  const [turn, setTurn] = useState(0);
  const current = useRef(0);
  useEffect(() => {
    current.current += 1;
    const mine = current.current;
    setState((before) => ({ ...before, loading: true, fault: null }));
    load(null).then(
      (page) => { if (mine === current.current) setState({ rows: page.rows, next: page.next, loading: false }); },
      (fault) => { if (mine === current.current) setState({ rows: [], next: null, loading: false, fault }); },
    );
  }, [...inputs, turn]);
  const more = () => {
    if (!state.next || state.loading) return;
    const mine = current.current;
    setState({ ...state, loading: true });
    load(state.next).then(
      (page) => { if (mine === current.current) setState({ rows: [...state.rows, ...page.rows], next: page.next, loading: false }); },
      (fault) => { if (mine === current.current) setState({ ...state, loading: false }); complain(fault); },
    );
  };
  return { ...state, more, setState, reload: () => setTurn((before) => before + 1) };
}

/** The end of a list: asks for more when it comes into sight, and is a button for those who do not scroll. */
export function More({ pages }) {
  const mark = useRef(null);
  const ask = useRef(pages.more);
  ask.current = pages.more;
  useEffect(() => {
    if (!mark.current) return undefined;
    const observer = new IntersectionObserver((seen) => { if (seen[0].isIntersecting) ask.current(); });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [pages.next]);
  if (pages.loading) return <Loading />;
  if (!pages.next) return null;
  return <button ref={mark} type="button" class="more" onClick={pages.more}>{t('more')}</button>;
}

/** rows × columns [{key, title, cell?, number?}] */
export const Table = ({ caption, columns, rows }) => (
  <div class="table" tabIndex={0} role="region" aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead><tr>{columns.map((column) => <th key={column.key} scope="col" class={column.number ? 'number' : ''}>{column.title}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={row.id ?? at}>
            {columns.map((column) => (
              <td key={column.key} class={column.number ? 'number' : ''}>{column.cell ? column.cell(row) : <Outside text={row[column.key] ?? '–'} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
