import type { StaffMember } from '../../../shared/contract/staff-contract.ts';

/** What every form about somebody who is known in the room is given. */
export interface MemberFormProps {
  readonly member: StaffMember;
  readonly onBack: () => void;
  /** What was done, in words. */
  readonly onDone: (said: string) => void;
}
