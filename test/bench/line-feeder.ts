import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

// A process of its own, so that its work is not counted as the room's: writes a stream to a port at a pace for some seconds.
const [path = '', streamFile = '', bytesPerSecond = '0', forSeconds = '0'] = process.argv.slice(2);
const stream = readFileSync(streamFile);
const line = openSync(path, 'w');
const [ratePerMs, forMs] = [Number(bytesPerSecond) / 1000, Number(forSeconds) * 1000];
const begunMs = performance.now();
let sent = 0;

/** Waits where the line is full, as a monitor with flow control does. */
function write(bytes: number): void {
  for (let left = bytes; left > 0;) {
    const at = sent % stream.length;
    const written = writeSync(line, stream, at, Math.min(left, stream.length - at));
    sent += written;
    left -= written;
  }
}

const timer = setInterval(() => {
  const sinceMs = performance.now() - begunMs;
  write(Math.floor(Math.min(sinceMs, forMs) * ratePerMs) - sent);
  if (sinceMs < forMs) return;
  clearInterval(timer);
  closeSync(line);
  process.stdout.write(String(sent));
}, 20);
