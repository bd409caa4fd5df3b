import { EventEmitter } from 'node:events';
import { PortCrossing } from './fake-message-port.ts';
import type { UtilityMessage } from './fake-utility-process.ts';

// Loaded before a utility process's own module: gives it `process.parentPort`.

const ports = new PortCrossing((message) => process.send?.(message));
const waiting: UtilityMessage[] = [];
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => void process.send?.({ kind: 'message', data, ports: [] } satisfies UtilityMessage),
});

process.on('message', (message: UtilityMessage) => {
  if (message.kind !== 'message') ports.take(message);
  else if (parentPort.listenerCount('message') === 0) waiting.push(message);
  else give(message);
});
// What came while the module was still loading.
parentPort.on('newListener', () => queueMicrotask(() => waiting.splice(0).forEach(give)));
process.on('disconnect', () => process.exit());
Object.assign(process, { parentPort });

function give(message: UtilityMessage): void {
  if (message.kind === 'message') {
    parentPort.emit('message', { data: message.data, ports: message.ports.map((number) => ports.arrive(number)) });
  }
}
