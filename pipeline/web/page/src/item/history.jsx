// What happened to an item, in its order.
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { Empty, Outside } from '../core/widgets.jsx';

const nameOf = (staff) => (typeof staff === 'object' && staff ? (staff.full_name ?? staff.name) : staff);

export function History({ item }) {
  const steps = [
    ...(item.events ?? []).map((event) => ({ at: event.at, what: term('event', event.event ?? event.kind), note: event.detail ?? event.note })),
    ...(item.decisions ?? []).map((decision) => ({
      at: decision.at,
      what: [term('action', decision.action), decision.reason && term('reason', decision.reason)].filter(Boolean).join(': '),
      who: nameOf(decision.staff), note: decision.note, undone: decision.undone_by != null || decision.undone === true,
      proposes: decision.proposes,
    })),
    ...(item.facts ?? []).map((fact) => ({ at: fact.at, what: t('history.fact', { fact: term('fact', fact.fact) }), who: nameOf(fact.staff), note: fact.note })),
  ].sort((a, b) => String(a.at).localeCompare(String(b.at)));
  if (!steps.length) return <Empty>{t('history.empty')}</Empty>;
  return (
    <ol class="card pane history" aria-label={t('item.history')}>
      {steps.map((step, at) => (
        <li key={at} class={step.undone ? 'undone' : ''}>
          <time dateTime={step.at}>{dateTime(step.at)}</time>
          <div>
            <strong>{step.what}</strong>{step.who && <> · <Outside text={step.who} /></>}
            {step.undone && <em> ({t('history.undone')})</em>}
            {step.proposes?.length > 0 && <p class="sub">{step.proposes.map((entry) => entry.id ?? entry).join(', ')}</p>}
            {step.note && <p><Outside text={typeof step.note === 'string' ? step.note : JSON.stringify(step.note)} /></p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
