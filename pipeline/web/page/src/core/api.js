// The server, as functions. Everything that changes something carries the session's token in a header
// that no foreign page can send.
const ROOT = '/api/v1';
let token = null;
let onSignedOut = () => {};

export const setToken = (value) => { token = value; };
export const whenSignedOut = (callback) => { onSignedOut = callback; };

export class ApiError extends Error {
  constructor(status, code, message, id) {
    super(message);
    this.status = status;
    this.code = code;
    this.id = id;
  }
}

async function answerOf(response, quiet) {
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return body;
  const fault = body?.error ?? {};
  if (response.status === 401 && !quiet) onSignedOut();
  throw new ApiError(response.status, fault.code ?? `http_${response.status}`, fault.message ?? response.statusText, fault.id);
}

async function ask(path, options, quiet) {
  let response;
  try {
    response = await fetch(ROOT + path, { credentials: 'same-origin', ...options });
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault;
    throw new ApiError(0, 'unreachable', String(fault.message ?? fault));
  }
  return answerOf(response, quiet);
}

/** `quiet`: an answer of 401 is the caller's affair. */
export function get(path, query = {}, { signal, quiet = false } = {}) {
  const filled = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  const search = new URLSearchParams(filled).toString();
  return ask(search ? `${path}?${search}` : path, { signal, headers: { Accept: 'application/json' } }, quiet);
}

export function post(path, body = {}, { quiet = false } = {}) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (token) headers['X-Pantau-Token'] = token;
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, quiet);
}

/** The address of something that is saved as a file. */
export const fileAddress = (path) => ROOT + path;
