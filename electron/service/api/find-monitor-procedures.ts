import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import { isNetworkPath } from '../../../shared/values/network-path.ts';
import { decideListenOnly } from '../session/room/decide-room.ts';
import type { CallContext } from './call-context.ts';
import { contract, requireActor, requireReader, requireSomebody } from './procedure.ts';

/** Before the room is set up, and in the demo, no sign-in is asked for: there is no person yet who could sign in. */
function requireOutfitter(context: CallContext): void {
  const { room, demo } = context.host;
  if (demo || room.recorder.room.setUp === null) return;
  requireReader(context, 'configure-monitor');
}

const detect = contract.setup.detect.handler(async ({ context, input }) => {
  requireOutfitter(context);
  const { host } = context;
  const { monitors, adapters } = host.room.recorder.room;
  const listed = (await host.systemPorts.list()).find(({ path }) => path === input.port);
  if (listed === undefined && !isNetworkPath(input.port)) throw new RefusedError(notAPort(input.port));
  const stableId = listed?.stableId ?? null;
  const own = [...monitors.values()].find(({ port }) =>
    port.stableId === null || stableId === null ? port.path === input.port : port.stableId === stableId,
  );
  const remembered = stableId === null ? null : (adapters.get(stableId) ?? null);
  return host.detections.look({ port: input.port, ask: input.ask, usedBy: own?.name ?? null, remembered });
});

/** What is opened in a search for monitors is read: a file or a disk of this computer is none of its ports. */
function notAPort(port: string): Refusal {
  const message = `${port} is no serial port that this computer lists. Plug it in, or name it with --ports when Vigil is started.`;
  return { code: 'PORT_NOT_LISTED', message, subject: 'port' };
}

const detection = contract.setup.detection.handler(({ context, input }) => {
  requireOutfitter(context);
  return context.host.detections.read(input.port);
});

const stopDetection = contract.setup.stopDetection.handler(async ({ context, input }) => {
  requireOutfitter(context);
  await context.host.detections.release(input.port);
  return {};
});

const detectionQuestions = contract.setup.detectionQuestions.handler(({ context }) => context.host.detections.questions());

const monitorDetail = contract.setup.monitorDetail.handler(({ context, input }) => {
  const { room, demo } = context.host;
  // The last bytes of a line may be anything, also what a monitor says of a person.
  if (!demo) requireSomebody(context);
  const found = room.acquisition.detail(input.monitorId);
  if (found === null) {
    const message = 'This monitor is not configured any more.';
    throw new RefusedError({ code: 'MONITOR_NOT_FOUND', message, subject: input.monitorId });
  }
  return found;
});

const setListenOnly = contract.setup.setListenOnly.handler(({ context, input }) => {
  const by = requireActor(context, 'configure-monitor').personId;
  const { room } = context.host;
  const decision = decideListenOnly(room.recorder.room, input.monitorId, input.listenOnly);
  if (!('events' in decision) || decision.events.length > 0) {
    room.recorder.recordRoom(decision, by);
    room.connectMonitors();
  }
  return {};
});

export const findMonitorProcedures = { detect, detection, stopDetection, detectionQuestions, monitorDetail, setListenOnly };
