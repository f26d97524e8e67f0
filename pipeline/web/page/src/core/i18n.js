// The page's words. Indonesian comes first; one file per language, and a test that both say the same things.
import en from '../../messages/en.json';
import id from '../../messages/id.json';

const messages = { id, en };
let language = 'id';

export const languages = Object.keys(messages);
export const currentLanguage = () => language;

export function useLanguage(wanted) {
  language = messages[wanted] ? wanted : 'id';
  document.documentElement.lang = language;
}

export const has = (key) => key in messages[language];

/** The message of a key, its {holes} filled. An unknown key is shown as it is, so that it is noticed. */
export function t(key, values = {}) {
  const message = messages[language][key] ?? key;
  return message.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}

/** The message of a value of a closed list; a value that this page does not know yet is shown as it is. */
export const term = (list, value) => (value == null || value === '' ? '–' : has(`${list}.${value}`) ? t(`${list}.${value}`) : String(value));

/** A text that rules carry in both languages. */
export const localized = (texts) => (typeof texts === 'string' ? texts : (texts?.[language] ?? texts?.id ?? texts?.en ?? ''));
