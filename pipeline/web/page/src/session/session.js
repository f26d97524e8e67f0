// Who is signed in, and what a role may see. What a role may do is the server's affair: what is not offered
// here is refused there as well.
import { get, post, setToken } from '../core/api.js';

export const VIEWS = [
  { name: 'triage', roles: ['analyst', 'second_reviewer'] },
  { name: 'second', roles: ['second_reviewer'] },
  { name: 'cases', roles: ['case_handler', 'second_reviewer'] },
  { name: 'statistics', roles: ['analyst', 'second_reviewer', 'case_handler', 'auditor'] },
  { name: 'graph', roles: ['analyst', 'second_reviewer', 'case_handler'] },
  { name: 'rules', roles: ['rule_author'] },
  { name: 'audit', roles: ['auditor'] },
  { name: 'people', roles: ['auditor'] },
  { name: 'staff', roles: ['administrator'] },
  { name: 'imports', roles: ['administrator'] },
  { name: 'retention', roles: ['administrator'] },
  { name: 'settings', roles: ['administrator'] },
];

export const viewsOf = (session) => VIEWS.filter((view) => view.roles.some((role) => session.roles.includes(role)));
export const hasRole = (session, role) => session.roles.includes(role);

function known(answer) {
  setToken(answer.token);
  const staff = typeof answer.staff === 'object' && answer.staff ? answer.staff : { id: answer.staff, name: answer.name ?? answer.staff };
  return { ...answer, staff, roles: answer.roles ?? [] };
}

/** The session, or null if nobody is signed in. */
export async function current() {
  try {
    return known(await get('/session', {}, { quiet: true }));
  } catch (fault) {
    if (fault.status === 401 || fault.status === 403) return null;
    throw fault;
  }
}

export const signIn = async (name, password, totp) =>
  known(await post('/session', totp ? { name, password, totp } : { name, password }, { quiet: true }));

export async function signOut() {
  await post('/session/end').catch(() => {});
  setToken(null);
}
