// Which view stands under which name.
import { Cases } from './cases/cases.jsx';
import { Audit, People, Retention } from './records/records.jsx';
import { Rules } from './rules/rules.jsx';
import { Second } from './decide/second.jsx';
import { Imports } from './staff/imports.jsx';
import { Settings } from './staff/settings.jsx';
import { Staff } from './staff/staff.jsx';
import { Graph, Statistics } from './statistics/lazy.jsx';
import { Triage } from './triage/triage.jsx';

export const views = {
  triage: Triage, second: Second, cases: Cases, statistics: Statistics, graph: Graph, rules: Rules,
  audit: Audit, people: People, staff: Staff, imports: Imports, retention: Retention, settings: Settings,
};
