// Short messages at the foot of the page; the last decision stays there with its undo until that is over.
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from './api.js';
import { has, t } from './i18n.js';

const SHOWN_MS = 5000;
let show = () => {};
let pendingUndo = null;

export const say = (text, kind = 'info') => show({ text, kind, until: Date.now() + SHOWN_MS });

export function faultText(fault) {
  if (!(fault instanceof ApiError)) return String(fault?.message ?? fault);
  const words = has(`error.${fault.code}`) ? t(`error.${fault.code}`) : fault.message || t('error.unknown');
  return fault.id ? `${words} (${fault.id})` : words;
}

export function complain(fault) {
  if (fault?.name === 'AbortError') return;
  show({ text: faultText(fault), kind: 'fault', until: Date.now() + 2 * SHOWN_MS });
}

export function offerUndo(text, until, undo) {
  pendingUndo = { undo, until };
  show({ text, kind: 'done', until, undoable: true });
}

/** Undoes the last decision, if there is one and its time is not over. */
export async function undoLast() {
  const last = pendingUndo;
  if (!last || Date.now() > last.until) {
    say(t('undo.none'));
    return;
  }
  pendingUndo = null;
  try {
    await last.undo();
    say(t('undo.done'), 'done');
  } catch (fault) {
    complain(fault);
  }
}

export function Toasts() {
  const [toast, setToast] = useState(null);
  const [now, setNow] = useState(Date.now());
  show = setToast;
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [toast]);
  const current = toast && now < toast.until ? toast : null;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {current && (
        <div class={`toast ${current.kind}`}>
          <span class="wrap">{current.text}</span>
          {current.undoable && pendingUndo && (
            <button type="button" class="quiet" onClick={undoLast}>
              {t('undo.button')} <kbd>z</kbd> <span aria-hidden="true">{Math.ceil((current.until - now) / 1000)} s</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
