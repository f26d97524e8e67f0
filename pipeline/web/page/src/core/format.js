// How times and numbers are written, in the page's language.
import { currentLanguage, t } from './i18n.js';

const locale = () => (currentLanguage() === 'id' ? 'id-ID' : 'en-GB');

export function dateTime(text) {
  if (!text) return '–';
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return String(text);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

export function date(text) {
  if (!text) return '–';
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return String(text);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(at);
}

export const number = (value, digits = 0) =>
  value == null ? '–' : new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

export const percent = (share) =>
  share == null ? '–' : new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** What the legal clock says: words, and how urgent it is. */
export function clock(daysLeft) {
  if (daysLeft == null) return { words: '–', urgency: 'none' };
  const days = Math.floor(daysLeft);
  if (days < 0) return { words: t('clock.overdue', { n: -days }), urgency: 'overdue' };
  if (days === 0) return { words: t('clock.today'), urgency: 'soon' };
  return { words: t('clock.left', { n: days }), urgency: days <= 2 ? 'soon' : days <= 4 ? 'near' : 'calm' };
}

const DAY_MS = 86_400_000;
export const daysLeft = (dueAt, now = Date.now()) => (dueAt ? (new Date(dueAt).getTime() - now) / DAY_MS : null);
