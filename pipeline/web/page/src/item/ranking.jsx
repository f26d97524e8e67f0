// Why the learned ranking puts the item where it stands: what weighed most, in words. It decides nothing.
import { t, term } from '../core/i18n.js';
import { Outside } from '../core/widgets.jsx';

const TERMS = { kind: 'kind', platform: 'platform', via: 'via', account: 'account_type', stage: 'stage' };
const SHARPNESS = 5; // percent: the estimate is no better than that

// "pair:<candidate> menang" → [candidate] menang
const shown = (group, value) => (group in TERMS ? term(TERMS[group], value)
  : value.replace(/<(candidate|account|hashtag|link|number)>/g, (_, hidden) => t(`ranking.hidden.${hidden}`)));

function words(feature) {
  const at = feature.indexOf(':');
  const group = feature.slice(0, at);
  return t(`ranking.${group}`, { value: shown(group, feature.slice(at + 1)) });
}

export function Ranking({ ranking }) {
  const { version, chance, reasons } = ranking;
  return (
    <section class="card ranking">
      <h3>{t('ranking.title')}</h3>
      <p>{t('ranking.chance', { percent: Math.round((chance * 100) / SHARPNESS) * SHARPNESS })} <small class="sub">({t('ranking.version', { n: version })})</small></p>
      {reasons.length === 0 && <p class="sub">{t('ranking.none')}</p>}
      <ul class="reasons">
        {reasons.map(({ feature, weight }) => (
          <li key={feature}>{weight > 0 ? '▲' : '▼'} {t(weight > 0 ? 'ranking.for' : 'ranking.against')}: <Outside text={words(feature)} /></li>
        ))}
      </ul>
      <p class="sub">{t('ranking.decides_nothing')}</p>
    </section>
  );
}
