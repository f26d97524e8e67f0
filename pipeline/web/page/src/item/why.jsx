// Why each rule holds: its tie to the candidate, the places in the text, what it proposes, and the rule itself.
import { candidateWords, useContests } from '../core/catalogue.js';
import { localized, t, term } from '../core/i18n.js';
import { Chip, Outside } from '../core/widgets.jsx';
import { pieces } from './text.jsx';

function Quotes({ text, spans }) {
  const words = [...new Set((spans ?? []).map((span) => pieces(text, [span]).find(({ patterns }) => patterns.length)).filter(Boolean)
    .map(({ text: quoted, patterns }) => JSON.stringify([quoted, patterns[0]])))].slice(0, 12).map((pair) => JSON.parse(pair));
  if (!words.length) return null;
  return (
    <ul class="quotes">
      {words.map(([quoted, pattern]) => <li key={quoted + pattern}><q><Outside text={quoted} /></q> <code><Outside text={pattern} /></code></li>)}
    </ul>
  );
}

function Proposal({ entry }) {
  const { id, wording, sanction } = typeof entry === 'string' ? { id: entry } : entry;
  return <li><strong>{id}</strong> <Outside text={localized(wording)} />{sanction && <small class="sub"> — <Outside text={localized(sanction)} /></small>}</li>;
}

function Rule({ rule, text, open, contests }) {
  return (
    <section class="rule">
      <h4><Outside text={localized(rule.title) || rule.rule} /> <Chip list="level" value={rule.level} /></h4>
      <dl class="facts">
        <div><dt>{t('why.rule')}</dt><dd><code><Outside text={`${rule.rule} · ${rule.pack}`} /></code></dd></div>
        <div><dt>{t('why.link')}</dt><dd>{term('via', rule.via)}{rule.account_type && ` (${term('account_type', rule.account_type)})`}</dd></div>
        <div><dt>{t('why.candidate')}</dt><dd><Outside text={candidateWords(contests, rule.contest, rule.candidate)} /></dd></div>
        <div><dt>{t('why.stage')}</dt><dd>{term('stage', rule.stage)} · {term('class', rule.class)}</dd></div>
      </dl>
      <Quotes text={text} spans={rule.spans} />
      {rule.proposes?.length > 0 && (
        <>
          <h5>{t('why.proposes')}</h5>
          <ul class="proposals">{rule.proposes.map((entry) => <Proposal key={entry.id ?? entry} entry={entry} />)}</ul>
        </>
      )}
      {rule.text && (
        <details open={open}><summary>{t('why.rule_text')} <kbd>r</kbd></summary><pre tabIndex={0}>{rule.text}</pre></details>
      )}
    </section>
  );
}

export function Why({ rules, text, open }) {
  const contests = useContests();
  return (
    <section class="card why">
      <h3>{t('why.title', { n: rules.length })}</h3>
      {rules.map((rule, at) => <Rule key={at} rule={rule} text={text} open={open} contests={contests} />)}
    </section>
  );
}
