import type { BytePorts, OpenPort, PortListener } from '../platform/byte-ports.ts';
import type { CaptureFile } from './capture-file.ts';

/** The ports of one link, with a place where a capture can listen to both directions. */
export interface TappedPorts extends BytePorts {
  /** From now on everything also goes there; null: nowhere. */
  tap(capture: Pick<CaptureFile, 'take'> | null): void;
}

/** Copies what passes through a port to a capture. The link is not told and gets the same bytes at the same moments. */
export function tappedPorts(ports: BytePorts): TappedPorts {
  let capture: Pick<CaptureFile, 'take'> | null = null;
  /** Of the open port: its path and line settings, as JSON; and whose bytes were captured last. */
  let opened: Uint8Array | null = null;
  let lastLine = 0;
  function takeFrom(kind: 'from-monitor' | 'to-monitor', bytes: Uint8Array, line: number): void {
    if (line !== lastLine) capture?.take('line', words(String((lastLine = line))));
    capture?.take(kind, bytes);
  }

  function tappedListener(listener: PortListener): PortListener {
    return {
      bytes: (chunk, line = 0) => {
        takeFrom('from-monitor', chunk, line);
        listener.bytes(chunk, line);
      },
      lineOpened: (line, sender) => {
        if (!sender.isSame) capture?.take('line-opened', words(String(line)));
        listener.lineOpened?.(line, sender);
      },
      lineEnded: (line) => {
        capture?.take('line-ended', words(`${line}`));
        listener.lineEnded?.(line);
      },
      closed: (reason) => {
        opened = null;
        capture?.take('closed', words(reason));
        listener.closed(reason);
      },
    };
  }

  function tappedPort(port: OpenPort): OpenPort {
    return {
      path: port.path,
      write: (bytes, line = 0) => {
        takeFrom('to-monitor', bytes, line);
        return port.write(bytes, line);
      },
      ...callsOf(port),
      close: () => {
        if (opened !== null) capture?.take('closed', words('asked'));
        opened = null;
        return port.close();
      },
    };
  }

  return {
    list: () => ports.list(),
    ...watchOf(ports),
    open: async (path, settings, listener) => {
      const [tapped, early]: [PortListener, Uint8Array[]] = [tappedListener(listener), []];
      let isHere = false;
      const port = await ports.open(path, settings, {
        bytes: (chunk, line) => (isHere || line !== undefined ? tapped.bytes(chunk, line) : void early.push(chunk)),
        lineOpened: (line, sender) => tapped.lineOpened?.(line, sender),
        lineEnded: (line) => tapped.lineEnded?.(line),
        closed: (reason) => tapped.closed(reason),
      });
      opened = words(JSON.stringify({ path, settings }));
      lastLine = 0;
      capture?.take('opened', opened);
      isHere = true;
      for (const chunk of early.splice(0)) tapped.bytes(chunk);
      return tappedPort(port);
    },
    tap: (next) => {
      capture = next;
      lastLine = 0;
      if (opened !== null) capture?.take('opened', opened);
    },
  };
}

function watchOf(ports: BytePorts): Pick<BytePorts, 'onListChanged'> {
  if (ports.onListChanged === undefined) return {};
  return { onListChanged: (task) => ports.onListChanged?.(task) ?? (() => undefined) };
}

function words(text: string): Uint8Array {
  return new TextEncoder().encode(text.slice(0, 600));
}

/** What a port has only where monitors call it. */
function callsOf(port: OpenPort): Pick<OpenPort, 'endLine' | 'senders'> {
  return {
    ...(port.endLine === undefined ? {} : { endLine: (line: number, why: string) => port.endLine?.(line, why) }),
    ...(port.senders === undefined ? {} : { senders: () => port.senders?.() ?? [] }),
  };
}
