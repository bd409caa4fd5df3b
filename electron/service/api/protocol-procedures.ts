import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { ProtocolVersion } from '../../../shared/contract/protocol-versions.ts';
import { dayOf } from '../../../shared/values/instant.ts';
import { commandOf } from '../recorder/command.ts';
import { decidePublication } from '../session/room/protocol.ts';
import { contract, requireActor, requireReader } from './procedure.ts';

const list = contract.protocols.list.handler(({ context }) => {
  requireReader(context, 'read-protocols');
  const { recorder, clock } = context.host.room;
  const { protocols } = recorder.room;
  const today = dayOf(clock.now());
  return protocols.versions.map(({ id, version, name, route, status, author, approver, effectiveFrom }): ProtocolVersion => {
    const inForce = protocols.inForce(id, today)?.version ?? 0;
    const validity = version === inForce ? 'in-force' : version > inForce ? 'to-come' : 'replaced';
    return { protocolId: id, version, name, route, status, author, approver, effectiveFrom, validity };
  });
});

const read = contract.protocols.read.handler(({ context, input }) => {
  requireReader(context, 'read-protocols');
  const found = context.host.room.recorder.room.protocols.find(input.protocolId, input.version);
  if (found !== null) return found;
  const message = `Version ${input.version} of this protocol is not here. Choose one from the list.`;
  throw new RefusedError({ code: 'PROTOCOL_NOT_FOUND', message, subject: 'version' });
});

const publish = contract.protocols.publish.handler(({ context, input }) => {
  const by = requireActor(context, 'publish-protocol').personId;
  const { recorder, clock } = context.host.room;
  const { commandId, ...publication } = input;
  const version = publication.basedOn.version + 1;
  const command = commandOf(commandId, 'protocols.publish', by, publication);
  if (recorder.recall(command) === null) {
    const approver = recorder.staff.people.get(by)?.name ?? '';
    const decision = decidePublication(recorder.room, publication, { approver, today: dayOf(clock.now()) });
    recorder.recordRoom(decision, by, command);
  }
  return { protocolId: publication.basedOn.protocolId, version };
});

export const protocolProcedures = { list, read, publish };
