/** A monitor behind a serial-over-network adapter: `tcp://HOST:PORT`, where a serial port has a path. */
export interface NetworkPlace {
  readonly host: string;
  readonly port: number;
}

const scheme = 'tcp://';
const shape = /^tcp:\/\/(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)):(\d{1,5})$/i;

/** Whether this is meant as a place on the network, well formed or not. */
export function isNetworkPath(path: string): boolean {
  return path.toLowerCase().startsWith(scheme);
}

/** Null where it is no such place: a host name or address and a port from 1 to 65535, and nothing else. */
export function networkPlace(path: string): NetworkPlace | null {
  const match = shape.exec(path);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || !(port >= 1 && port <= 65_535) ? null : { host, port };
}

/** What is wrong with the path of a port as a person typed it; null where nothing is. */
export function portPathFault(path: string): 'no-network-place' | 'no-path' | null {
  if (isNetworkPath(path)) return networkPlace(path) === null ? 'no-network-place' : null;
  return path.includes('://') ? 'no-path' : null;
}
