// A claim is a lease: only its holder decides, and a late decision is refused by its fencing number.
import { post } from '../core/api.js';

const path = (item, action) => `/items/${encodeURIComponent(item)}/${action}`;

export const isMine = (claim, session) => {
  if (!claim) return false;
  const holder = typeof claim.staff === 'object' && claim.staff ? claim.staff : { id: claim.staff, name: claim.staff };
  const mine = claim.mine ?? (holder.id === session.staff.id || (holder.name != null && holder.name === session.staff.name));
  return mine && new Date(claim.until).getTime() > Date.now();
};

export const claim = (item) => post(path(item, 'claim'));
export const renew = (item, fence) => post(path(item, 'renew'), { fence });
export const release = (item, fence) => post(path(item, 'release'), { fence });

/** The fencing number to decide with: that of one's own claim, or of a new one. */
export async function fenceFor(item, session) {
  if (isMine(item.claim, session)) return item.claim.fence;
  return (await claim(item.item)).fence;
}

export const decide = (item, body) => post(path(item, 'decide'), body);
export const undo = (decision) => post(`/decisions/${encodeURIComponent(decision)}/undo`);
