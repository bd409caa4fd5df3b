import type { MilestoneKey } from '../../shared/clinical/milestone.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';

/** The patient of most tests. */
const identifiers = { birthDate: '1984-03-14', recordNumber: 'DEMO-0042' } as const;

type StatedTime = { readonly utcMs: number; readonly reason?: string };

/** What records this milestone: a tap, but two identifiers for the identity and a second person for the double-check. */
export function reach(milestone: MilestoneKey, at?: StatedTime, recordNumber: string = identifiers.recordNumber): SessionCommandInput {
  const when = at === undefined ? {} : { at };
  if (milestone === 'identity') return { type: 'check-identity', ...identifiers, recordNumber, ...when };
  if (milestone === 'double_check') return { type: 'confirm-double-check', readBack: 'ketamine 1 mg/mL, 40 mg in 40 mL, 60 mL/h', ...when };
  if (milestone === 'bp_review')
    return { type: 'reach-milestone', milestone, told: 'Dr Demo', detail: 'no symptoms, repeat ordered', ...when };
  if (milestone === 'go_no_go') return { type: 'reach-milestone', milestone, go: true, ...when };
  const said: Partial<Record<MilestoneKey, string>> = { pregnancy_screen: 'not applicable', transferred: 'City Hospital, by ambulance' };
  const detail = said[milestone];
  return { type: 'reach-milestone', milestone, ...(detail === undefined ? {} : { detail }), ...when };
}
