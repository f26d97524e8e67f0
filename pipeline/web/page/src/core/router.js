// Where one is, is in the address behind the #, which is never sent to the server.
import { useLayoutEffect, useState } from 'preact/hooks';

const read = () => location.hash.replace(/^#\/?/, '').split('/').map((part) => {
  try { return decodeURIComponent(part); } catch { return part; }
});

export const to = (...parts) => `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
export const go = (...parts) => { location.hash = to(...parts); };

/**
 * Like `go`, without a step that "back" would have to walk; nothing if one has gone somewhere
 * meanwhile, for whoever asks has waited for an answer.
 */
export const replace = (...parts) => {
  const [view, shown] = read();
  if ((view && view !== parts[0]) || shown) return;
  history.replaceState(null, '', to(...parts));
  window.dispatchEvent(new Event('hashchange'));
};

export function useRoute() {
  const [route, setRoute] = useState(read);
  // Before the next key can come: somebody who knows the way is gone before the first frame is painted.
  useLayoutEffect(() => {
    const onChange = () => setRoute(read());
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return route;
}
