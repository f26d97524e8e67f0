// What a change of rules would change, over the items and decisions at hand: keys and rules, no texts.
import { number } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Outside } from '../core/widgets.jsx';

const KINDS = [['new', '+'], ['lost', '−'], ['changed', '±']];

const Entry = ({ entry }) => (
  <li>
    <code><Outside text={entry.key} /></code> · <Outside text={entry.rule} /> · {term('state', entry.state)}
    {entry.what.length > 0 && <> · {entry.what.map((what) => term('diff_what', what)).join(', ')}</>}
  </li>
);

export function Diff({ diff }) {
  return (
    <div class="diff" role="status">
      <p class="fine">{t('diff.scope', { active: diff.active ?? t('diff.none_active'), n: number(diff.items) })}
        {!diff.all_items && <> {t('diff.not_all')}</>}
        {diff.unread > 0 && <> {t('diff.unread', { n: number(diff.unread) })}</>}</p>
      {KINDS.map(([kind, sign]) => {
        const [rows, count] = [diff[kind], diff[`${kind}_count`]];
        return (
          <details key={kind} open={rows.length > 0} class={`diff-${kind}`}>
            <summary><b>{sign}{number(count)}</b> {t(`diff.${kind}`)}</summary>
            <ul>{rows.map((entry, at) => <Entry key={at} entry={entry} />)}</ul>
            {rows.length < count && <p class="fine">{t('diff.listed', { n: number(rows.length) })}</p>}
          </details>
        );
      })}
      {diff.new_beyond_items_unknown && <p class="fine">{t('diff.new_unknown')}</p>}
    </div>
  );
}
