// Links out of a post. Nothing is opened by one press: the address is shown first, and only https is offered.
import { useState } from 'preact/hooks';
import { t } from '../core/i18n.js';
import { Dialog, Outside } from '../core/widgets.jsx';

const ADDRESS = /https?:\/\/[^\s<>"'`]+/giu;
const LINKS_MAX = 20;

export function addressesIn(text) {
  return [...new Set(text.match(ADDRESS) ?? [])].slice(0, LINKS_MAX);
}

/** The address as the browser would open it, or null if it must not be opened. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && !url.username && !url.password ? url : null;
  } catch {
    return null;
  }
}

export function Links({ addresses }) {
  const [asked, setAsked] = useState(null);
  if (!addresses.length) return null;
  return (
    <ul class="links">
      {addresses.map((address) => {
        const url = safeAddress(address);
        return (
          <li key={address}>
            {url ? <button type="button" class="quiet link" onClick={() => setAsked(url)}>↗ <Outside text={address} /></button>
              : <span title={t('link.not_https')}><Outside text={address} /> <em>({t('link.not_https')})</em></span>}
          </li>
        );
      })}
      {asked && (
        <Dialog title={t('link.title')} onClose={() => setAsked(null)}>
          <p>{t('link.lead')}</p>
          <p class="address"><Outside text={asked.href} /></p>
          <p>{t('link.host')} <strong><Outside text={asked.host} /></strong></p>
          <div class="actions">
            <a class="button primary" href={asked.href} target="_blank" rel="noopener noreferrer nofollow" onClick={() => setAsked(null)}>{t('link.open')}</a>
            <button type="button" onClick={() => setAsked(null)}>{t('cancel')}</button>
          </div>
        </Dialog>
      )}
    </ul>
  );
}
