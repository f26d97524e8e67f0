// Whose account it is and how sure that is, and what else of this person waits.
import { date } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { to } from '../core/router.js';
import { Chip, Outside } from '../core/widgets.jsx';

const SURE = new Set(['declared', 'confirmed']);

export function Person({ item, view }) {
  const subject = item.subject ?? {};
  const rows = [
    ['person.id', subject.id], ['person.nip', subject.nip], ['person.category', term('category', subject.category)],
    ['person.agency', subject.agency], ['person.position', subject.position], ['person.region', subject.region],
  ].filter(([, value]) => value);
  const others = item.others?.rows ?? item.others ?? [];
  return (
    <>
      <section class="card">
        <h3>{t('person.title')}</h3>
        <p class={`ownership ${SURE.has(subject.ownership) ? 'sure' : 'unsure'}`}>
          <Chip list="ownership" value={subject.ownership} />
          <span>{t(SURE.has(subject.ownership) ? 'person.sure' : 'person.unsure')}</span>
        </p>
        <dl class="facts narrow">
          {rows.map(([name, value]) => <div key={name}><dt>{t(name)}</dt><dd><Outside text={value} /></dd></div>)}
          <div><dt>{t('person.basis')}</dt><dd><Outside text={subject.basis ?? '–'} /></dd></div>
        </dl>
      </section>
      <section class="card">
        <h3>{t('person.others', { n: others.length })}</h3>
        <ul class="others">
          {others.map((other) => (
            <li key={other.item}>
              <a href={to(view, other.item)}>
                <span class="sub">{date(other.acted_at ?? other.found_at)} · {term('kind', other.kind)} · {term('state', other.state)}</span>
                <span class="snippet"><Outside text={other.snippet || t('triage.no_text')} /></span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
