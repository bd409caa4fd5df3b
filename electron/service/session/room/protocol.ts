import { checkProtocol, problemsText } from '../../../../shared/clinical/protocol-problems.ts';
import type { Refusal, RefusalCode } from '../../../../shared/contract/contract-errors.ts';
import type { RoomDecision } from './decide-room.ts';
import type { RoomState } from './room-state.ts';

export interface Publication {
  /** The version that was copied and edited. */
  readonly basedOn: { readonly protocolId: string; readonly version: number };
  /** As it came from a page: nothing about it is known to be right. */
  readonly draft: Readonly<Record<string, unknown>>;
  readonly author: string;
  /** ISO date; absent: today. */
  readonly effectiveFrom?: string | undefined;
}

export interface PublicationGround {
  /** The signed-in person, who answers for the numbers. */
  readonly approver: string;
  /** ISO date in the room. */
  readonly today: string;
}

/**
 * The next version of a protocol. What a version is called, who approved it and which route it is of are not the
 * page's to say; two people who edit the same version cannot overwrite each other.
 */
export function decidePublication(state: RoomState, publication: Publication, { approver, today }: PublicationGround): RoomDecision {
  const { basedOn, draft, author, effectiveFrom = today } = publication;
  const newest = state.protocols.newest(basedOn.protocolId);
  if (newest === null) return refuse('PROTOCOL_NOT_FOUND', 'There is no such protocol here. Choose one from the list.', 'protocolId');
  if (newest.version !== basedOn.version) {
    const message = `Version ${newest.version} of "${newest.name}" is the newest; this draft was made from version ${basedOn.version}. Copy version ${newest.version} and make the changes there.`;
    return refuse('PROTOCOL_CHANGED', message, 'version');
  }
  if (effectiveFrom < today) {
    return refuse('PROTOCOL_INVALID', `${effectiveFrom} has passed. A version takes effect today (${today}) or later.`, 'effectiveFrom');
  }
  const checked = checkProtocol({
    ...draft,
    id: newest.id,
    version: newest.version + 1,
    status: `approved by ${approver}`,
    author,
    approver,
    effectiveFrom,
  });
  if (checked.protocol === null) return refuse('PROTOCOL_INVALID', problemsText(checked.problems), 'protocol');
  const { protocol } = checked;
  if (protocol.route !== newest.route || protocol.drug !== newest.drug) {
    const message = `"${newest.name}" is ${newest.drug}, ${newest.route}; another drug or route is another protocol.`;
    return refuse('PROTOCOL_INVALID', message, 'route');
  }
  return { events: [{ kind: 'protocol-published', body: { protocol } }] };
}

function refuse(code: RefusalCode, message: string, subject: string): { readonly refusal: Refusal } {
  return { refusal: { code, message, subject } };
}
