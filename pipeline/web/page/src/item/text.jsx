// A text from outside, shown as it was captured, with the places that rules matched. Its bytes are never
// made into markup: each piece is a text node.
import { useState } from 'preact/hooks';
import { t } from '../core/i18n.js';

const SHOWN_MAX = 20_000;
// Characters that are not seen or that change the direction of what is around them, as their code.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const utf8Length = (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

/** Offsets into UTF-8 as offsets into the string: one walk for all of them. */
export function stringOffsets(text, byteOffsets) {
  const wanted = [...new Set(byteOffsets)].sort((a, b) => a - b);
  const found = new Map();
  let byte = 0;
  let unit = 0;
  let next = 0;
  for (const character of text) {
    while (next < wanted.length && wanted[next] <= byte) found.set(wanted[next++], unit);
    if (next === wanted.length) break;
    byte += utf8Length(character.codePointAt(0));
    unit += character.length;
  }
  while (next < wanted.length) found.set(wanted[next++], unit);
  return found;
}

/** The text cut at every span's border: [{text, patterns}]. */
export function pieces(text, spans) {
  const offsets = stringOffsets(text, spans.flatMap(({ start, end }) => [start, end]));
  const placed = spans.map((span) => ({ from: offsets.get(span.start), to: offsets.get(span.end), pattern: span.pattern }));
  const borders = [...new Set([0, text.length, ...placed.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const cut = [];
  for (let i = 0; i + 1 < borders.length; i += 1) {
    const [from, to] = [borders[i], borders[i + 1]];
    const patterns = placed.filter((span) => span.from <= from && to <= span.to).map(({ pattern }) => pattern);
    cut.push({ text: text.slice(from, to), patterns: [...new Set(patterns)] });
  }
  return cut;
}

const code = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function Visible({ text }) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(<span class="hidden-character" title={t('item.hidden_character')}>{code(match[0])}</span>);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Words of a pattern's kind: mentions begin with a sign. */
const kindOf = (patterns) => (patterns.every((pattern) => /^[@#]/.test(pattern)) ? 'mention' : 'pattern');

export function CapturedText({ text, spans = [] }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? text : text.slice(0, SHOWN_MAX);
  return (
    <div class="captured" dir="auto">
      {pieces(shown, spans).map((piece, at) =>
        piece.patterns.length ? (
          <mark key={at} class={kindOf(piece.patterns)} title={piece.patterns.join(', ')}><Visible text={piece.text} /></mark>
        ) : (
          <Visible key={at} text={piece.text} />
        ))}
      {shown.length < text.length && <button type="button" class="more" onClick={() => setWhole(true)}>{t('item.whole_text')}</button>}
    </div>
  );
}
