// A pack tried on one act: what is seen in it step by step, what would be flagged, and why not the rest.
import { useState } from 'preact/hooks';
import { post } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Chip, Fault, Input, Outside, Select, TextArea } from '../core/widgets.jsx';
import { CapturedText } from '../item/text.jsx';

const KINDS = ['post', 'comment', 'share', 'like', 'follow'];
const PLATFORMS = ['facebook', 'instagram', 'tiktok', 'x', 'youtube', 'bluesky', 'mastodon', 'telegram'];
const DAYS_BEFORE_VOTING = 7; // in the campaign of most elections

function dayBefore(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** Every place that was found, mentions by a sign before their kind. */
const spansOf = ({ patterns, mentions }) => [
  ...patterns.flatMap(({ pattern, spans }) => spans.map((span) => ({ ...span, pattern }))),
  ...mentions.map(({ kind, start, end }) => ({ start, end, pattern: `@${term('mention', kind)}` })),
];

const Fact = ({ name, children }) => <div><dt>{name}</dt><dd>{children}</dd></div>;

function Who({ contests, of }) {
  return of.contest ? <> · <Outside text={`${of.contest}: ${candidateWords(contests, of.contest, of.candidate)}`} /></> : null;
}

function Steps({ found, contests }) {
  return (
    <dl class="facts">
      <Fact name={t('try.plain')}><Outside text={found.plain} /></Fact>
      {found.undisguised && <Fact name={t('try.undisguised')}><Outside text={found.undisguised} /></Fact>}
      {found.targets.map((target, at) => (
        <Fact key={at} name={t('try.targets')}>{term('account_type', target.account_type)}<Who contests={contests} of={target} /></Fact>
      ))}
      {found.mentions.map((mention, at) => (
        <Fact key={at} name={t('try.mentions')}>{term('mention', mention.kind)}<Who contests={contests} of={mention} /></Fact>
      ))}
      {found.stages.map((stage) => (
        <Fact key={stage.contest} name={t('try.stages')}>{term('stage', stage.stage)} · {term('class', stage.class)} · <Outside text={stage.contest} /></Fact>
      ))}
    </dl>
  );
}

function Verdicts({ found, contests }) {
  const holding = found.rules.filter(({ holds }) => holds);
  const failing = found.rules.filter(({ holds }) => !holds);
  return (
    <>
      {holding.length ? <h3>{t('try.holds', { n: holding.length })}</h3> : <p class="fine">{t('try.nothing')}</p>}
      <ul class="plain">
        {holding.map((rule, at) => (
          <li key={at}><Chip list="level" value={rule.level} /> <code><Outside text={`${rule.rule} · ${rule.pack}`} /></code>
            {' '}· {term('via', rule.via)}<Who contests={contests} of={rule} /></li>
        ))}
      </ul>
      {failing.length > 0 && (
        <details>
          <summary>{t('try.not', { n: failing.length })}</summary>
          <ul class="plain">
            {failing.map((rule, at) => (
              <li key={at}><code><Outside text={rule.rule} /></code><Who contests={contests} of={rule} />: {term('unmet', rule.unmet)}
                {rule.pattern && <> (<code><Outside text={rule.pattern} /></code>)</>}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export function Try({ pack }) {
  const contests = useContests();
  const [act, setAct] = useState({ kind: 'post', platform: 'facebook', contest: '', day: '', target: '', words: '' });
  const [state, setState] = useState({});
  const give = (field) => (value) => setAct((before) => ({ ...before, [field]: value }));
  const contest = contests.find(({ id }) => id === act.contest) ?? contests[0];
  const day = act.day || (contest?.voting ? dayBefore(contest.voting, DAYS_BEFORE_VOTING) : '');
  const onSubmit = async (event) => {
    event.preventDefault();
    const record = { platform: act.platform, kind: act.kind, text: act.words };
    if (day) record.created_at = `${day}T05:00:00Z`; // noon in the middle of the country
    if (act.target) record.target = { handle: act.target };
    try {
      setState({ found: await post('/packs/try', { text: pack, record, ...(contest && { region: contest.region }) }) });
    } catch (fault) {
      setState({ fault });
    }
  };
  return (
    <section class="card" aria-label={t('try.title')}>
      <h2>{t('try.title')}</h2>
      <form onSubmit={onSubmit}>
        <Select label={t('filter.kind')} value={act.kind} onValue={give('kind')} options={KINDS.map((name) => [name, term('kind', name)])} />
        <Select label={t('filter.platform')} value={act.platform} onValue={give('platform')} options={PLATFORMS.map((name) => [name, term('platform', name)])} />
        <Select label={t('try.contest')} value={contest?.id ?? ''} onValue={give('contest')} options={contests.map(({ id }) => [id, id])} />
        <Input label={t('try.day')} type="date" value={day} onValue={give('day')} />
        <Input label={t('try.target')} value={act.target} onValue={give('target')} maxLength={200} />
        <TextArea label={t('try.text')} hint={t('try.as_subject')} value={act.words} onValue={give('words')} rows={4} maxLength={20000} />
        <button type="submit" class="primary" disabled={!pack || !(act.words.trim() || act.target.trim())}>{t('try.button')}</button>
      </form>
      <Fault fault={state.fault} />
      {state.found && (
        <div role="status">
          <p class="fine">{dateTime(state.found.at)}</p>
          <CapturedText text={state.found.text} spans={spansOf(state.found)} />
          <Steps found={state.found} contests={contests} />
          <Verdicts found={state.found} contests={contests} />
        </div>
      )}
    </section>
  );
}
