/** A monitor behind a serial-over-network adapter: `tcp://HOST:PORT`, where a serial port has a path. */
export interface NetworkPlace {
  readonly host: string;
  readonly port: number;
}

/**
 * A place where monitors that call are heard: `listen://ADDRESS:PORT?from=ADDRESS,ADDRESS`. The address is one of this computer's, the
 * others are those of the monitors that may call. Only where nobody but this computer can reach it may they be left out.
 */
export interface ListeningPlace extends NetworkPlace {
  /** Empty: whoever reaches it, which is this computer alone. */
  readonly senders: readonly string[];
}

const scheme = 'tcp://';
const listeningScheme = 'listen://';
const shape = /^tcp:\/\/(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)):(\d{1,5})$/i;
const listeningShape = /^listen:\/\/(?:\[([0-9a-f:.]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})(?:\?from=([0-9a-f:.,]{2,400}))?$/i;
const fourBytes = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const sixParts = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;
export const sendersMax = 8;

/** Whether this is meant as a place on the network, well formed or not. */
export function isNetworkPath(path: string): boolean {
  return path.toLowerCase().startsWith(scheme) || isListeningPath(path);
}

/** Whether this is meant as a place where monitors call, well formed or not. */
export function isListeningPath(path: string): boolean {
  return path.toLowerCase().startsWith(listeningScheme);
}

/** Null where it is no such place: a host name or address and a port from 1 to 65535, and nothing else. */
export function networkPlace(path: string): NetworkPlace | null {
  const match = shape.exec(path);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || !(port >= 1 && port <= 65_535) ? null : { host, port };
}

/** Null where it is no such place, or where nobody is named who may call. */
export function listeningPlace(path: string): ListeningPlace | null {
  const found = listeningParts(path);
  return found === null || (found.senders.length === 0 && !isOwnComputer(found.host)) ? null : found;
}

function listeningParts(path: string): ListeningPlace | null {
  const match = listeningShape.exec(path);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !isAddress(host) || !(port >= 1 && port <= 65_535)) return null;
  const senders = match?.[4]?.split(',') ?? [];
  return senders.length > sendersMax || !senders.every(isAddress) ? null : { host, port, senders };
}

function isAddress(text: string): boolean {
  return fourBytes.test(text) ? text.split('.').every((part) => Number(part) <= 255) : sixParts.test(text);
}

function isOwnComputer(host: string): boolean {
  return host.startsWith('127.') || host === '::1';
}

export type PortPathFault = 'no-network-place' | 'no-listening-place' | 'no-senders' | 'no-path';

/** What is wrong with the path of a port as a person typed it; null where nothing is. */
export function portPathFault(path: string): PortPathFault | null {
  if (isListeningPath(path)) {
    if (listeningPlace(path) !== null) return null;
    return listeningParts(path) === null ? 'no-listening-place' : 'no-senders';
  }
  if (isNetworkPath(path)) return networkPlace(path) === null ? 'no-network-place' : null;
  return path.includes('://') ? 'no-path' : null;
}
