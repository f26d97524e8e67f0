// The closed lists of the workflow, in the order of their keys.
export const REASONS = [
  'wrong_person', 'wrong_candidate', 'not_support', 'quoted_or_reported', 'sarcasm', 'outside_period',
  'account_compromised', 'duplicate', 'account_not_theirs', 'other',
];
export const reasonKey = (at) => String((at + 1) % 10);
export const FACTS = ['spouse', 'duty', 'accidental', 'account_not_theirs', 'ordered_by_superior', 'deleted_since'];
