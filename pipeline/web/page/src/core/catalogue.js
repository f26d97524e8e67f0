// Contests and SKB items: asked for once, then at hand.
import { get } from './api.js';
import { t } from './i18n.js';
import { useLoaded } from './widgets.jsx';

const asked = new Map();

function once(path) {
  if (!asked.has(path)) {
    const answer = get(path).then((body) => body.rows ?? body);
    answer.catch(() => asked.delete(path));
    asked.set(path, answer);
  }
  return asked.get(path);
}

export const useContests = () => useLoaded(() => once('/contests')).value ?? [];
export const useSkb = () => useLoaded(() => once('/skb')).value ?? [];

/** How a candidate is spoken of: the ballot number and the first of its names. */
export function candidateWords(contests, contest, candidate) {
  if (!candidate) return t('candidate.none');
  const found = contests.find(({ id }) => id === contest)?.candidates?.find(({ id }) => String(id) === String(candidate));
  if (!found) return t('candidate.number', { n: candidate });
  const name = found.names?.[0] ?? found.name;
  return name ? `${found.number ?? candidate} · ${name}` : t('candidate.number', { n: found.number ?? candidate });
}
