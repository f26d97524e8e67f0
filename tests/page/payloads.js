// 2,000 texts that want to be more than text: markup in every disguise, directions, stacks of signs, sizes.
const SCRIPTS = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<svg><script>alert(1)</script></svg>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<body onload=alert(1)>', '<a href="javascript:alert(1)">klik</a>', '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>', '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)>', '<input autofocus onfocus=alert(1)>', '<template><script>alert(1)</script></template>', '<style>*{display:none}</style>', '<link rel=stylesheet href=//jahat.example/x.css>',
  '<meta http-equiv=refresh content="0;url=//jahat.example">', '<base href=//jahat.example/>', '<object data="data:text/html,<script>alert(1)</script>">', '<embed src=//jahat.example/x.swf>', '<form action=//jahat.example><button>x',
  '</p></div></main></body></html><script>alert(1)</script>', '<!--><img src=x onerror=alert(1)>-->', '<![CDATA[<img src=x onerror=alert(1)>]]>', '<marquee onstart=alert(1)>', '<img src="https://jahat.example/pixel.gif">',
  '<textarea></textarea><script>alert(1)</script>', '<title></title><script>alert(1)</script>', '<dialog open><h1>Sesi berakhir</h1><input type=password></dialog>', '<b style="position:fixed;inset:0;background:red">',
];
const EXPRESSIONS = ['{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '`${alert(1)}`', '#{alert(1)}', '<%= alert(1) %>', '{alert(1)}', '__proto__', 'constructor', '{"__proto__":{"x":1}}', 'javascript:alert(1)', 'data:text/html;base64,PHNjcmlwdD4=', 'vbscript:msgbox(1)'];
const LINKS = ['https://jahat.example/"onmouseover=alert(1)', 'https://pengguna:sandi@jahat.example/', 'http://jahat.example/', 'https://[::1]/', 'https://jahat.example/%0d%0aSet-Cookie:x', 'https://аррӏе.example/', 'HTTPS://JAHAT.EXAMPLE/<script>', `https://jahat.example/${'a'.repeat(3000)}`];
const DIRECTIONS = ['\u202e\u202dgnp.elgnoj\u202c', '\u2066\u2067\u2068 teks \u2069', '\u200f\u200e\u061c', '\u202e'.repeat(200), 'مرحبا بكم في الحملة', 'שלום 2 nomor', '\u2067<script>alert(1)</script>\u2069'];
const STACKS = [`Z${'\u0341\u0316\u0317\u031a\u0489'.repeat(60)}a`, `${'\u0e49'.repeat(300)}`, `${'a\u0336'.repeat(200)}`, '꧁꧅𒐫﷽﷽﷽𒈙', '𒐫'.repeat(80), '﷽'.repeat(120)];
const SIZES = ['W'.repeat(5000), 'i'.repeat(20000), ' '.repeat(3000) + 'x', '\n'.repeat(800), '\t'.repeat(500), '-'.repeat(4000), '̲_'.repeat(1000), '🏴‍☠️'.repeat(400), '1'.repeat(3000)];
const ODD = ['\u0000', 'a\u0000b', '\u0007\u001b[31mmerah', '\ufffe\uffff', '\ufeffBOM', '\u200b'.repeat(300), '\u{e0041}\u{e0042}', '👨‍👩‍👧‍👦', '2️⃣', '\u2028\u2029', '&lt;script&gt;', '&#x3c;script&#x3e;', '%3Cscript%3E', '\\u003cscript\\u003e', "' OR 1=1 --", '"; DROP TABLE item;--', '=cmd|\' /C calc\'!A0', '../../../../etc/passwd', 'null', 'undefined', 'NaN', '[object Object]', '\ud83d\ude00', '＜script＞alert(1)＜/script＞'];
const SEEDS = [...SCRIPTS, ...EXPRESSIONS, ...LINKS, ...DIRECTIONS, ...STACKS, ...SIZES, ...ODD];
const DISGUISES = [
  (text) => text, (text) => `Ayo coblos ${text} nomor 2`, (text) => text.toUpperCase(), (text) => `">${text}`, (text) => `'>${text}<'`, (text) => `</bdi></mark>${text}`, (text) => `\u202e${text}`, (text) => text.replace(/</g, '<\u0000'),
  (text) => `${text}${text}`, (text) => text.replace(/ /g, '/'), (text) => `<!--${text}`, (text) => `\`${text}\``, (text) => `${text}\u0301\u0301`, (text) => text.replace(/a/g, '\uff41'), (text) => `[${text}](javascript:alert(1))`, (text) => `@${text}`,
  (text) => `#${text}`, (text) => `https://jahat.example/${text}`, (text) => `\n${text}\n`, (text) => `&${text};`, (text) => text.split('').reverse().join(''), (text) => `😀${text}😀`,
];
const COUNT = 2000;

export function payloads() {
  const texts = [];
  for (const disguise of DISGUISES) for (const seed of SEEDS) if (texts.length < COUNT) texts.push(disguise(seed).slice(0, 40_000));
  return texts;
}
