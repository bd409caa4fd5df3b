import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { hashPin } from '../platform/pin-hash.ts';
import { monitorProtocols } from '../acquisition/monitor-protocols.ts';
import {
  decideAddMonitor,
  decideFormats,
  decidePinAge,
  decidePrivacyCover,
  decideRemoveMonitor,
  decideSecondPersons,
  decideSetUp,
  type MonitorToAdd,
} from '../session/room/decide-room.ts';
import { addPersonObstacle } from '../staff/authentication.ts';
import { emptyDirectory } from '../staff/person.ts';
import type { OpenRoom } from './call-context.ts';
import { capture } from './capture-procedures.ts';
import { checkPin, inPinQueue } from './check-pin.ts';
import { findMonitorProcedures } from './find-monitor-procedures.ts';
import { contract, requireActor } from './procedure.ts';

interface MonitorInput {
  readonly name: string;
  readonly protocol: MonitorProtocolId;
  readonly port: string;
  readonly listenOnly?: boolean | undefined;
}

/** Allowed once for each room, without a sign-in: there is no person yet who could sign in. */
const room = contract.setup.room.handler(async ({ context, input }) => {
  const { host } = context;
  const { name, role, pin } = input.person;
  const weak = addPersonObstacle(emptyDirectory, { name, role }, pin);
  if (weak !== null) throw new RefusedError(weak);
  await Promise.all(input.monitors.map(({ port }) => host.detections.release(port)));
  const target = await host.prepareRoom();
  const personId = target.ids.uuid();
  const pinHash = await inPinQueue(() => hashPin(pin, target.ids.randomBytes(16), target.hashCost));
  const monitors = await Promise.all(input.monitors.map((monitor) => monitorToAdd(target, monitor)));
  const people = [{ personId, name, role, pinHash }];
  // Nothing below awaits. If two pages set the room up at once, the second is refused before it makes a key.
  const decision = decideSetUp(target.recorder.room, { roomName: input.roomName, demo: false, people, monitors, formats: input.formats });
  if ('refusal' in decision) throw new RefusedError(decision.refusal);
  const ceremony = target.recoveryKeys.beginFirst(personId);
  target.recorder.recordRoom(decision, personId);
  host.enterRoom();
  return ceremony;
});

const ports = contract.setup.ports.handler(async ({ context }) => {
  const { room: open } = context.host;
  const monitors = [...open.recorder.room.monitors.values()];
  const listed = await context.host.systemPorts.list();
  return listed.map((port) => ({
    ...port,
    usedBy: monitors.find((monitor) => monitor.port.path === port.path)?.name ?? null,
  }));
});

const protocols = contract.setup.protocols.handler(() => monitorProtocols());

const addOne = contract.setup.addMonitor.handler(async ({ context, input }) => {
  const by = requireActor(context, 'configure-monitor').personId;
  const { room: open } = context.host;
  // A look at this port ends first, so that the monitor's own link finds it free.
  await context.host.detections.release(input.port);
  const monitor = await monitorToAdd(open, input);
  open.recorder.recordRoom(decideAddMonitor(open.recorder.room, monitor), by);
  open.connectMonitors();
  return { monitorId: monitor.monitorId };
});

const remove = contract.setup.removeMonitor.handler(({ context, input }) => {
  const by = requireActor(context, 'remove-monitor').personId;
  const { room: open } = context.host;
  open.recorder.recordRoom(decideRemoveMonitor(open.recorder.room, input.monitorId), by);
  open.connectMonitors();
  return {};
});

async function monitorToAdd(open: OpenRoom, { name, protocol, port, listenOnly }: MonitorInput): Promise<MonitorToAdd> {
  const listed = (await open.ports.list()).find((candidate) => candidate.path === port);
  const stableId = listed?.stableId ?? null;
  const monitor = { monitorId: open.ids.uuid(), name, protocol, port: { path: port, stableId }, simulated: false };
  return listenOnly === true ? { ...monitor, listenOnly } : monitor;
}

const formats = contract.setup.formats.handler(({ context, input }) => {
  const by = requireActor(context, 'choose-formats').personId;
  const { recorder } = context.host.room;
  recorder.recordRoom(decideFormats(recorder.room, input), by);
  return {};
});

const secondPersons = contract.setup.secondPersons.handler(({ context, input }) => {
  const by = requireActor(context, 'choose-second-persons').personId;
  const { recorder } = context.host.room;
  recorder.recordRoom(decideSecondPersons(recorder.room, input), by);
  return {};
});

const privacyCover = contract.setup.privacyCover.handler(({ context, input }) => {
  const by = requireActor(context, 'choose-privacy-cover').personId;
  const { recorder, feed } = context.host.room;
  recorder.recordRoom(decidePrivacyCover(recorder.room, input), by);
  feed.changed('vitals', 'waves');
  return {};
});

const pinAge = contract.setup.pinAge.handler(({ context, input }) => {
  const by = requireActor(context, 'choose-pin-age').personId;
  const { recorder } = context.host.room;
  recorder.recordRoom(decidePinAge(recorder.room, input), by);
  return {};
});

/** The shell does what the service says, and the page cannot say it. */
const leaveKiosk = contract.setup.leaveKiosk.handler(async ({ context, input }) => {
  const { host } = context;
  const by = requireActor(context, 'leave-kiosk').personId;
  if (host.leaveKiosk === undefined) throw new RefusedError({ code: 'ROOM_NO_KIOSK', message: 'Vigil was not started as a kiosk here.' });
  await checkPin(context, by, input.pin, 'second-person');
  // Comparing a PIN takes a while: they may have lost that role meanwhile.
  host.room.recorder.requireRole(by, 'leave-kiosk');
  host.room.recorder.recordRoom({ events: [{ kind: 'kiosk-left', body: {} }] }, by);
  host.leaveKiosk();
  return {};
});

export const setupProcedures = {
  room,
  leaveKiosk,
  pinAge,
  privacyCover,
  secondPersons,
  formats,
  ports,
  protocols,
  addMonitor: addOne,
  removeMonitor: remove,
  capture,
  ...findMonitorProcedures,
};
