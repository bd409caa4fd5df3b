import type { BytePorts, OpenPort, PortListener } from '../platform/byte-ports.ts';
import type { CaptureFile } from './capture-file.ts';

/** The ports of one link, with a place where a capture can listen to both directions. */
export interface TappedPorts extends BytePorts {
  /** From now on everything also goes there; null: nowhere. */
  tap(capture: Pick<CaptureFile, 'take'> | null): void;
}

/** A link knows nothing of it: a capture hears the same bytes at the same moments. */
export function tappedPorts(ports: BytePorts): TappedPorts {
  let capture: Pick<CaptureFile, 'take'> | null = null;
  /** Of the open port: its path and line settings, as JSON. */
  let opened: Uint8Array | null = null;
  const words = (text: string): Uint8Array => new TextEncoder().encode(text.slice(0, 600));

  function tappedListener(listener: PortListener): PortListener {
    return {
      bytes: (chunk) => {
        capture?.take('from-monitor', chunk);
        listener.bytes(chunk);
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
      write: (bytes) => {
        capture?.take('to-monitor', bytes);
        return port.write(bytes);
      },
      close: () => {
        if (opened !== null) capture?.take('closed', words('asked'));
        opened = null;
        return port.close();
      },
    };
  }

  return {
    list: () => ports.list(),
    ...(ports.onListChanged === undefined ? {} : { onListChanged: (task: () => void) => ports.onListChanged?.(task) ?? (() => undefined) }),
    open: async (path, settings, listener) => {
      const tapped = tappedListener(listener);
      let isHere = false;
      const early: Uint8Array[] = [];
      const port = await ports.open(path, settings, {
        bytes: (chunk) => (isHere ? tapped.bytes(chunk) : void early.push(chunk)),
        closed: (reason) => tapped.closed(reason),
      });
      opened = words(JSON.stringify({ path, settings }));
      capture?.take('opened', opened);
      isHere = true;
      for (const chunk of early.splice(0)) tapped.bytes(chunk);
      return tappedPort(port);
    },
    tap: (next) => {
      capture = next;
      if (opened !== null) capture?.take('opened', opened);
    },
  };
}
