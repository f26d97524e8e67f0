// Cases: the list, and one case with its steps up to hand-over.
import { get } from '../core/api.js';
import { candidateWords, useContests } from '../core/catalogue.js';
import { dateTime } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { go, to } from '../core/router.js';
import { Chip, Empty, Fault, More, Outside, usePages } from '../core/widgets.jsx';
import { Case } from './case.jsx';

export function Cases({ session, rest }) {
  const contests = useContests();
  const pages = usePages((after) => get('/cases', { after, limit: 50 }));
  const shown = rest[0] || null;
  const step = (by) => {
    const row = pages.rows[pages.rows.findIndex((entry) => String(entry.case) === shown) + by];
    if (row) {
      go('cases', row.case);
      requestAnimationFrame(() => document.querySelector('.list [aria-current=true]')?.focus());
    }
  };
  useKeys({ j: () => step(1), k: () => shown && step(-1) });
  return (
    <div class={`split ${shown ? 'has-item' : ''}`}>
      <section class="list" aria-label={t('nav.cases')}>
        <h1 class="visually-hidden">{t('nav.cases')}</h1>
        <Fault fault={pages.fault} />
        <ul class="items flat">
          {pages.rows.map((row) => (
            <li key={row.case}>
              <div class={`item-row ${String(row.case) === shown ? 'is-current' : ''}`}>
                <a href={to('cases', row.case)} aria-current={String(row.case) === shown ? 'true' : undefined}>
                  <span class="line"><strong>{row.number}</strong><Chip list="case_state" value={row.state} /></span>
                  <span class="line sub"><Outside text={row.subject?.name ?? row.subject?.id ?? row.subject} /><span>{dateTime(row.opened_at ?? row.at)}</span></span>
                  <span class="line sub"><Outside text={`→ ${candidateWords(contests, row.contest, row.candidate)}`} /><span>{term('category', row.subject?.category)}</span></span>
                </a>
              </div>
            </li>
          ))}
        </ul>
        {!pages.loading && !pages.rows.length && <Empty>{t('cases.empty')}</Empty>}
        <More pages={pages} />
      </section>
      <section class="detail" aria-label={t('cases.one')}>
        {shown ? <Case key={shown} number={shown} session={session} onChanged={pages.reload} /> : <Empty>{t('cases.choose')}</Empty>}
      </section>
    </div>
  );
}
