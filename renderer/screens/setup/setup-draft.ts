import type { ProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Role } from '../../../shared/contract/room-board.ts';
import { setupText } from '../../text/setup.ts';

/** What a person typed so far. Nothing of it leaves the page before the last step. */
export interface SetupDraft {
  readonly roomName: string;
  readonly personName: string;
  readonly role: Role;
  readonly pin: string;
  readonly pinAgain: string;
  readonly monitors: readonly MonitorDraft[];
}

export interface MonitorDraft {
  readonly key: number;
  readonly name: string;
  readonly protocol: ProtocolId;
  readonly port: string;
}

export const emptyDraft: SetupDraft = { roomName: '', personName: '', role: 'nurse', pin: '', pinAgain: '', monitors: [] };

/** A problem and the field it belongs to. */
export interface DraftProblem {
  readonly field: string;
  readonly words: string;
}

/** What keeps a step (0 to 2) from being finished, in the order of its fields. */
export function problemsOfStep(draft: SetupDraft, step: number): DraftProblem[] {
  if (step === 0) return draft.roomName.trim() === '' ? [{ field: 'roomName', words: setupText.room.missing }] : [];
  if (step === 1) return personProblems(draft);
  return monitorProblems(draft.monitors);
}

function personProblems(draft: SetupDraft): DraftProblem[] {
  const words = setupText.person;
  const problems: DraftProblem[] = [];
  if (draft.personName.trim() === '') problems.push({ field: 'personName', words: words.missing });
  if (!/^\d{6,12}$/.test(draft.pin)) problems.push({ field: 'pin', words: words.pinShort });
  else if (draft.pin !== draft.pinAgain) problems.push({ field: 'pinAgain', words: words.differs });
  return problems;
}

function monitorProblems(monitors: readonly MonitorDraft[]): DraftProblem[] {
  const words = setupText.monitors;
  const problems: DraftProblem[] = [];
  const ports = new Set<string>();
  for (const monitor of monitors) {
    const port = monitor.port.trim();
    if (monitor.name.trim() === '') problems.push({ field: `name-${monitor.key}`, words: words.missingName });
    if (port === '') problems.push({ field: `port-${monitor.key}`, words: words.missingPort(monitor.name.trim() || words.protocol) });
    else if (ports.has(port)) problems.push({ field: `port-${monitor.key}`, words: words.samePort });
    ports.add(port);
  }
  return problems;
}
