import { BlockList, createServer, isIPv6, type Server, type Socket } from 'node:net';
import { listeningPlace, type ListeningPlace } from '../../../shared/values/network-path.ts';
import { PortError, type OpenPort, type PortListener } from '../platform/byte-ports.ts';
import type { Clock } from '../platform/platform.ts';
import { CallingLines } from './calling-lines.ts';
import { tcpErrorOf } from './tcp-ports.ts';

/** Places of this computer that monitors call. Nothing listens until one is opened, and nothing does when it is closed. */
export interface ListeningPorts {
  /** Rejects with `PortError`: the address is not this computer's, another program has it, or the system forbids it. */
  open(path: string, listener: PortListener): Promise<OpenPort>;
}

/** One server for all monitors of an address: each of them hears its own senders. */
interface SharedServer {
  readonly server: Server;
  readonly ready: Promise<void>;
  readonly members: Set<Member>;
}

interface Member {
  readonly place: ListeningPlace;
  readonly allowed: BlockList;
  readonly lines: CallingLines;
  readonly listener: PortListener;
}

export function createListeningPorts(clock: Clock): ListeningPorts {
  const servers = new Map<string, SharedServer>();

  function serverFor({ host, port }: ListeningPlace): SharedServer {
    const key = `${host} ${port}`;
    const there = servers.get(key);
    if (there !== undefined) return there;
    const members = new Set<Member>();
    const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => accept(members, socket));
    const ready = new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', reject);
        server.on('error', (error: NodeJS.ErrnoException) => lose(key, error));
        resolve();
      });
    });
    const shared = { server, ready, members };
    servers.set(key, shared);
    return shared;
  }

  function lose(key: string, error: NodeJS.ErrnoException): void {
    const shared = servers.get(key);
    servers.delete(key);
    shared?.server.close();
    for (const { lines, listener } of shared?.members ?? []) {
      lines.close();
      listener.closed(tcpErrorOf(key, error).message);
    }
    shared?.members.clear();
  }

  function leave(member: Member): Promise<void> {
    member.lines.close();
    const key = `${member.place.host} ${member.place.port}`;
    const shared = servers.get(key);
    if (shared === undefined || !shared.members.delete(member) || shared.members.size > 0) return Promise.resolve();
    servers.delete(key);
    return new Promise((resolve) => shared.server.close(() => resolve()));
  }

  return {
    open: async (path, listener) => {
      const place = listeningPlace(path);
      if (place === null) {
        throw new PortError('PORT_NOT_FOUND', `${path}: not a place to listen at; listen://ADDRESS:PORT?from=ADDRESS is`);
      }
      const shared = serverFor(place);
      const member: Member = { place, allowed: listOf(place.senders), lines: new CallingLines(clock, listener), listener };
      shared.members.add(member);
      try {
        await shared.ready;
      } catch (error) {
        shared.members.delete(member);
        if (shared.members.size === 0) servers.delete(`${place.host} ${place.port}`);
        throw tcpErrorOf(path, error as NodeJS.ErrnoException);
      }
      return {
        path,
        write: (bytes, line = 0) => member.lines.write(line, bytes),
        endLine: (line, why) => member.lines.end(line, why),
        senders: () => member.lines.senders,
        close: () => leave(member),
      };
    },
  };
}

/** Whoever may call: the first monitor of this address that names the caller; of those that name nobody, the first. */
function accept(members: ReadonlySet<Member>, socket: Socket): void {
  const address = plainAddress(socket.remoteAddress ?? '');
  const open = [...members];
  const named = open.find(({ allowed, place }) => place.senders.length > 0 && allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
  const member = named ?? open.find(({ place }) => place.senders.length === 0);
  if (member !== undefined) return member.lines.take(socket, address);
  socket.on('error', () => undefined);
  socket.destroy();
  for (const { lines } of open) lines.refused(address);
}

function listOf(senders: readonly string[]): BlockList {
  const list = new BlockList();
  for (const sender of senders) list.addAddress(sender, isIPv6(sender) ? 'ipv6' : 'ipv4');
  return list;
}

/** `::ffff:192.0.2.7` is 192.0.2.7. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
