// What a change of rules would change, over the items and decisions at hand.
import { number } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Outside } from '../core/widgets.jsx';

const KINDS = [['new', '+'], ['lost', '−'], ['changed', '±']];
const SHOWN = 100;

const Entry = ({ entry }) => (
  <li>
    <code><Outside text={String(entry.key ?? entry.item ?? entry)} /></code>
    {entry.rule && <> · <Outside text={entry.rule} /></>}
    {entry.state && <> · {term('state', entry.state)}</>}
    {entry.snippet && <p class="snippet"><Outside text={entry.snippet} /></p>}
  </li>
);

export function Diff({ diff }) {
  return (
    <div class="diff" role="status">
      {KINDS.map(([kind, sign]) => {
        const rows = diff[kind] ?? [];
        return (
          <details key={kind} open={rows.length > 0} class={`diff-${kind}`}>
            <summary><b>{sign}{number(diff[`${kind}_count`] ?? rows.length)}</b> {t(`diff.${kind}`)}</summary>
            <ul>{rows.slice(0, SHOWN).map((entry, at) => <Entry key={at} entry={entry} />)}</ul>
          </details>
        );
      })}
    </div>
  );
}
