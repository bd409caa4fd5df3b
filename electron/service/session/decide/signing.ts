import type { SignatureMeaning } from '../../../../shared/contract/commands/signing.ts';
import { completeness, openItems } from '../questions/completeness.ts';
import { sessionStatusOf } from '../questions/signed-state.ts';
import { accept, refuse, type CommandOf, type Decision, type DecisionContext, type Refused, type ActingPerson } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { isBesideRecord } from '../events/events-beside-record.ts';
import type { EventBody } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals } from '../questions/session-vitals.ts';

/** Reasons and what was done, each an entry of its own, so that the signature that follows covers them. */
export function decideItemClosing(state: SessionState, command: CommandOf<'close-item'>, context: DecisionContext): Decision {
  if (sessionStatusOf(state) === 'open')
    return refuse('SESSION_WRONG_STATE', 'The session has not ended. Record what is missing, or end it first.');
  const items = completeness(state, context.protocol, context.vitals?.() ?? noVitals, context.now.offsetMin);
  const known = new Set(items.filter(({ asks }) => asks !== 'nothing').map(({ key }) => key));
  const unknown = command.keys.find((key) => !known.has(key));
  if (unknown !== undefined) {
    return refuse(
      'SIGN_UNKNOWN_ITEM',
      'This point is no longer open: somebody recorded what it asked for. Look at the list again.',
      unknown,
    );
  }
  const keys = [...new Set(command.keys)];
  const about = items
    .filter(({ key }) => keys.includes(key))
    .map(({ label, detail }) => (detail === '' ? label : `${label} (${detail})`).slice(0, 200));
  return accept({ kind: 'item-closed', body: { keys, reason: command.reason, about } });
}

/** The author's signature: ends the record, or an amendment of it. */
export function decideSignature(state: SessionState, command: CommandOf<'sign-session'>, context: DecisionContext): Decision {
  const status = sessionStatusOf(state);
  if (status === 'open') {
    return refuse('SESSION_WRONG_STATE', 'The session has not ended. End it first; then it can be signed.');
  }
  const last = state.signing.versions.at(-1);
  if (status === 'signed') {
    const by = last?.signatures[0];
    const at = by === undefined ? '' : ` at ${writtenMinute({ ...context.now, utcMs: by.atMs })}`;
    const message = `Version ${last?.version ?? 1} was signed by ${by?.name ?? 'somebody'}${at} already. Co-sign it, or begin an amendment.`;
    return refuse('SIGN_ALREADY_SIGNED', message);
  }
  const signer = ownSigner(context);
  if ('refusal' in signer) return signer;
  if (!hasRecorded(state, signer.signer.personId)) {
    const message = `${signer.signer.name} recorded nothing in this session, and cannot sign as its author. Let somebody who did sign first.`;
    return refuse('SIGN_WRONG_PERSON', message);
  }
  const { amendment } = state.signing;
  if (amendment !== null && amendment.changes === 0) {
    return refuse(
      'SIGN_NOTHING_CHANGED',
      'Nothing was changed since the amendment was begun. Record the correction first, or close it again.',
    );
  }
  const items = completeness(state, context.protocol, context.vitals?.() ?? noVitals, context.now.offsetMin);
  const open = openItems(items);
  if (open.length > 0) {
    const names = open
      .slice(0, 5)
      .map(({ label }) => label)
      .join(', ');
    const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
    return refuse('SIGN_INCOMPLETE', `Still open: ${names}${more}. Record what is missing, or give the reason for each.`);
  }
  const seal = sealOf(context, command.recordHash);
  if ('refusal' in seal) return seal;
  const { recordHash, ...sealed } = seal.sealed;
  const version = (last?.version ?? 0) + 1;
  return accept({ kind: 'session-signed', body: { version, ...signatureOf(signer.signer, 'authored'), recordHash, seal: sealed } });
}

/** Another person's signature on the version that stands: at their own page, or as the second person here. */
export function decideCosignature(state: SessionState, command: CommandOf<'cosign-session'>, context: DecisionContext): Decision {
  const last = state.signing.versions.at(-1);
  if (sessionStatusOf(state) !== 'signed' || last === undefined) {
    return refuse('SESSION_WRONG_STATE', 'There is no signed version to co-sign. Its author signs first.');
  }
  const found = context.secondPerson === null ? ownSigner(context) : { signer: context.secondPerson };
  if ('refusal' in found) return found;
  const { signer } = found;
  if (last.signatures.some(({ personId }) => personId === signer.personId)) {
    return refuse('SIGN_ALREADY_SIGNED', `${signer.name} has signed version ${last.version} already. Another person co-signs it.`);
  }
  if (command.meaning === 'approved' && signer.role !== 'prescriber') {
    return refuse('SIGN_WRONG_PERSON', `Only a prescriber approves a record. ${signer.name} can sign as having reviewed or witnessed it.`);
  }
  if (command.recordHash !== last.recordHash) return changed();
  const body = { version: last.version, ...signatureOf(signer, command.meaning), recordHash: last.recordHash };
  return accept({ kind: 'session-cosigned', body });
}

export function decideAmendmentBegin(state: SessionState, command: CommandOf<'begin-amendment'>): Decision {
  const last = state.signing.versions.at(-1);
  if (state.signing.amendment !== null) {
    return refuse('SESSION_WRONG_STATE', `An amendment is open already: ${state.signing.amendment.reason}. Make the correction in it.`);
  }
  if (last === undefined)
    return refuse('SESSION_WRONG_STATE', 'This record is not signed yet. Correct it directly; every correction is kept.');
  return accept({ kind: 'amendment-begun', body: { ofVersion: last.version, reason: command.reason } });
}

export function decideAmendmentClose(state: SessionState, command: CommandOf<'close-amendment'>): Decision {
  const { amendment } = state.signing;
  if (amendment === null) return refuse('SESSION_WRONG_STATE', 'No amendment is open. Begin one with its reason.');
  if (amendment.changes > 0) {
    const entries = amendment.changes === 1 ? 'one entry' : `${amendment.changes} entries`;
    return refuse('SESSION_WRONG_STATE', `The record was changed in this amendment (${entries}). Sign it as the next version.`);
  }
  return accept({ kind: 'amendment-closed', body: { reason: command.reason } });
}

/** Whoever sits here, having just typed their own PIN again. */
function ownSigner({ actor, ownPinChecked }: DecisionContext): { readonly signer: ActingPerson } | Refused {
  if (ownPinChecked !== true) {
    return refuse('STAFF_PIN_REQUIRED', 'A signature takes your PIN each time. Type it again.', 'pin');
  }
  return { signer: actor };
}

/**
 * Whether this person has entries in the record; signing it as its author without any is a mistake. What belongs to
 * signing itself does not count.
 */
function hasRecorded(state: SessionState, personId: string): boolean {
  const signing = new Set(['item-closed', 'session-signed', 'session-cosigned', 'amendment-begun', 'amendment-closed']);
  return state.log.some(
    ({ actor, kind }) => actor !== 'service' && actor.personId === personId && !signing.has(kind) && !isBesideRecord(kind),
  );
}

type Sealed = EventBody<'session-signed'>['seal'] & { readonly recordHash: string };

function sealOf(context: DecisionContext, shownHash: string): { readonly sealed: Sealed } | Refused {
  const sealed = context.seal?.() ?? null;
  if (sealed === null)
    return refuse('SIGN_RECORD_CHANGED', 'The record cannot be read as a whole now, so it cannot be signed. Open it again.');
  return sealed.recordHash === shownHash ? { sealed } : changed();
}

function changed(): Refused {
  return refuse(
    'SIGN_RECORD_CHANGED',
    'The record was changed since it was shown here. Read it again; then sign what is there now.',
    'recordHash',
  );
}

function signatureOf({ personId, name, role }: ActingPerson, meaning: SignatureMeaning) {
  return { personId, name, role, meaning };
}
