// A server for the built page: the security headers are those of `pantau serve`, the data is made up. Tests
// of the page alone run against it; the path from sign-in to the bag also runs against the program itself.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { PASSWORD, makeWorld } from './world.mjs';
import { Refusal, log, routes } from './routes.mjs';

export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8' };
const HEADERS = { 'Content-Security-Policy': `${CSP}; report-uri /csp-report`, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };
const BODY_BYTES_MAX = 16 << 20;

async function bodyOf(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > BODY_BYTES_MAX) throw new Refusal(413, 'too_large', 'too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export class Mock {
  constructor(page) {
    this.page = page;
    this.reports = [];
    this.reset();
  }

  reset(world = makeWorld()) {
    this.world = world;
    this.sessions = new Map();
    this.reports.length = 0;
  }

  async start() {
    this.server = createServer((request, response) => this.answer(request, response).catch((fault) => this.fail(response, fault)));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  json(response, status, body, headers = {}) {
    response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  fail(response, fault) {
    if (!(fault instanceof Refusal)) console.error(fault);
    this.json(response, fault.status ?? 500, { error: { code: fault.code ?? 'internal', message: fault.message, id: 'uji-1' } });
  }

  async answer(request, response) {
    const url = new URL(request.url, this.address);
    if (url.pathname === '/csp-report') {
      this.reports.push(await bodyOf(request));
      response.writeHead(204).end();
    } else if (url.pathname.startsWith('/api/v1/')) await this.api(request, response, url);
    else await this.file(response, url.pathname);
  }

  async file(response, path) {
    const name = normalize(path === '/' ? '/index.html' : path);
    const bytes = await readFile(join(this.page, name)).catch(() => null);
    if (!bytes) response.writeHead(404, HEADERS).end();
    else response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(bytes);
  }

  sessionOf(request) {
    const sid = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    return this.sessions.get(sid);
  }

  async api(request, response, url) {
    const path = url.pathname.slice('/api/v1'.length);
    const body = request.method === 'POST' ? JSON.parse((await bodyOf(request)) || '{}') : null;
    if (path === '/setup') return this.setUp(request, response, body);
    if (path === '/session' && request.method === 'POST') return this.signIn(response, body);
    const session = this.sessionOf(request);
    if (!session) throw new Refusal(401, 'unauthenticated', 'sign in');
    if (request.method === 'POST' && request.headers['x-pantau-token'] !== session.token) throw new Refusal(403, 'token', 'wrong token');
    if (path === '/session') return this.json(response, 200, this.about(session));
    if (path === '/session/end') { this.sessions.delete(session.sid); return this.json(response, 200, {}); }
    if (path === '/session/language') { session.staff.language = body.language; return this.json(response, 200, {}); }
    if (path === '/session/password') return this.json(response, 200, {});
    if (path === '/session/totp') return this.json(response, 200, body.code ? {} : { url: 'otpauth://totp/Pantau:contoh?secret=JBSWY3DPEHPK3PXP' });
    if (/\/(received|bag\/\d+)$/.test(path)) return response.writeHead(200, { ...HEADERS, 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment; filename="bukti.zip"' }).end('PK');
    for (const [method, pattern, handle] of routes) {
      const match = request.method === method && pattern.exec(path);
      if (match) {
        const params = match.slice(1).map(decodeURIComponent);
        return this.json(response, 200, handle({ world: this.world, staff: session.staff, params, query: Object.fromEntries(url.searchParams), body }));
      }
    }
    throw new Refusal(404, 'not_found', `${request.method} ${path}`);
  }

  about({ staff, token }) {
    return { staff: { id: staff.id, name: staff.name, full_name: staff.full_name }, roles: staff.roles, token, language: staff.language };
  }

  setUp(request, response, body) {
    if (request.method === 'GET') return this.json(response, 200, { needed: this.world.needed });
    if (body.code !== this.world.code) throw new Refusal(403, 'forbidden', 'wrong code');
    this.world.staff.push({ id: this.world.staff.length + 1, name: body.name, full_name: body.full_name, password: body.password, roles: ['administrator'], scopes: [], is_active: true, language: 'id' });
    this.world.needed = false;
    return this.json(response, 200, {});
  }

  signIn(response, body) {
    const staff = this.world.staff.find((one) => one.name === body.name);
    if (!staff || staff.password !== body.password || (staff.totp && staff.totp !== body.totp)) throw new Refusal(401, 'sign_in_failed', 'wrong name, password or code');
    const sid = Math.random().toString(36).slice(2);
    const session = { sid, staff, token: `uji-${sid}` };
    this.sessions.set(sid, session);
    log(this.world, staff, 'sign_in', staff.name);
    return this.json(response, 200, this.about(session), { 'Set-Cookie': `sid=${sid}; HttpOnly; SameSite=Strict; Path=/` });
  }
}

// node server.mjs PAGE: for looking at the page by hand.
if (process.argv[1]?.endsWith('mock/server.mjs')) {
  const mock = await new Mock(process.argv[2] ?? '../../build/page').start();
  console.log(`${mock.address}  sari, budi, citra (TOTP 123456), dewi, eko, fajar: ${PASSWORD}`);
}
