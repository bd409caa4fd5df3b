import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Role } from '../../../shared/contract/board/people.ts';
import { formatsUnchosen, type Formats } from '../../../shared/values/formats.ts';
import { portPathFault } from '../../../shared/values/network-path.ts';
import { pinWeakness } from '../../../shared/values/pin.ts';
import { setupText } from '../../text/setup.ts';

/** What a person typed so far. Nothing of it leaves the page before the last step. */
export interface SetupDraft extends PersonDraft {
  readonly roomName: string;
  readonly monitors: readonly MonitorDraft[];
  /** How this clinic writes dates, times and units. */
  readonly formats: Formats;
}

/** Somebody who is to sign in here, as far as they are typed. */
export interface PersonDraft {
  readonly personName: string;
  readonly role: Role | null;
  readonly pin: string;
  readonly pinAgain: string;
}

export interface MonitorDraft {
  readonly key: number;
  readonly name: string;
  /** null: nobody has said yet which monitor it is. */
  readonly protocol: MonitorProtocolId | null;
  readonly port: string;
  /** Another recorder asks it already. */
  readonly listenOnly?: true;
}

export const emptyDraft: SetupDraft = {
  roomName: '',
  personName: '',
  role: 'nurse',
  pin: '',
  pinAgain: '',
  monitors: [],
  formats: formatsUnchosen,
};

/** Nothing is chosen beforehand: a role decides what a person may record. */
export const emptyPerson: PersonDraft = { personName: '', role: null, pin: '', pinAgain: '' };

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

/** The step and the field that a refusal of the service is about; null where it is about none of them. */
export function placeOfRefusal(subject: string | undefined): { readonly step: number; readonly field: string } | null {
  switch (subject) {
    case 'roomName':
      return { step: 0, field: 'roomName' };
    case 'name':
      return { step: 1, field: 'personName' };
    case 'role':
      return { step: 1, field: 'role' };
    case 'pin':
      return { step: 1, field: 'pin' };
    default:
      return null;
  }
}

type PersonField = keyof PersonDraft;

/** What keeps a person from being added, in the order of the fields. */
export function personProblems(draft: PersonDraft): (DraftProblem & { readonly field: PersonField })[] {
  const words = setupText.person;
  const problems: (DraftProblem & { readonly field: PersonField })[] = [];
  if (draft.personName.trim() === '') problems.push({ field: 'personName', words: words.missing });
  if (draft.role === null) problems.push({ field: 'role', words: words.missingRole });
  return [...problems, ...pinProblems(draft)];
}

/** What keeps a PIN from being one. */
export function pinProblems({ pin, pinAgain }: Pick<PersonDraft, 'pin' | 'pinAgain'>): (DraftProblem & { readonly field: PersonField })[] {
  const weakness = pinWeakness(pin);
  if (weakness !== null) return [{ field: 'pin', words: weakness }];
  return pin === pinAgain ? [] : [{ field: 'pinAgain', words: setupText.person.differs }];
}

/** What keeps monitors from being added, in the order of the fields. */
export function monitorProblems(monitors: readonly MonitorDraft[]): DraftProblem[] {
  const words = setupText.monitors;
  const problems: DraftProblem[] = [];
  const ports = new Set<string>();
  for (const monitor of monitors) {
    const port = monitor.port.trim();
    const fault = portPathFault(port);
    if (monitor.name.trim() === '') problems.push({ field: `name-${monitor.key}`, words: words.missingName });
    if (monitor.protocol === null)
      problems.push({ field: `protocol-${monitor.key}`, words: words.missingModel(monitor.name.trim() || words.nameOf(monitor.key)) });
    if (port === '')
      problems.push({ field: `port-${monitor.key}`, words: words.missingPort(monitor.name.trim() || words.nameOf(monitor.key)) });
    else if (fault !== null) problems.push({ field: `port-${monitor.key}`, words: words.portFaults[fault] });
    else if (ports.has(port)) problems.push({ field: `port-${monitor.key}`, words: words.samePort });
    ports.add(port);
  }
  return problems;
}

/** `Monitor 1`, or the first number after it that no monitor of the room has. */
export function freeMonitorName(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(setupText.monitors.nameOf(number))) number += 1;
  return setupText.monitors.nameOf(number);
}
