// Keys of one letter. The topmost layer that is modal (a dialog) hides those below it, typing into a field
// is never taken for a command, and all of it can be switched off (WCAG 2.1.4).
import { useLayoutEffect, useRef } from 'preact/hooks';

const layers = [];
let enabled = true;

export const keysEnabled = () => enabled;
export const enableKeys = (value) => { enabled = value; };

const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'SELECT' ||
    (element.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(element.type)));

function onKey(event) {
  if (!enabled || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const { map, modal } = layers[i].current;
    const command = map[event.key];
    if (command) {
      event.preventDefault();
      command(event);
      return;
    }
    if (modal) return;
  }
}
window.addEventListener('keydown', onKey);

export function useKeys(map, { modal = false } = {}) {
  const layer = useRef({ map, modal });
  layer.current = { map, modal };
  // Before the next key can come: people type "d3" in one breath.
  useLayoutEffect(() => {
    layers.push(layer);
    return () => { layers.splice(layers.indexOf(layer), 1); };
  }, []);
}
