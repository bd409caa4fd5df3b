import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { contract, requireActor } from './procedure.ts';

/** A capture holds whatever the monitor says: it is switched by those who answer for monitors. */
export const capture = contract.setup.capture.handler(async ({ context, input }) => {
  const { room } = context.host;
  requireActor(context, 'configure-monitor');
  const config = room.recorder.room.monitors.get(input.monitorId);
  if (config === undefined) {
    const message = 'This monitor is not configured any more.';
    throw new RefusedError({ code: 'MONITOR_NOT_FOUND', message, subject: input.monitorId });
  }
  return { capture: input.on ? await room.captures.start(config) : await room.captures.stop(input.monitorId) };
});
