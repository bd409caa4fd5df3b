import { Socket } from 'node:net';
import { checkServerIdentity, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import pg from 'pg';
import type { HubAddress } from './hub-address.ts';

/** One connection to a hub. What fails throws as the server or the network said it; `hub-fault.ts` reads it. */
export interface HubConnection {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends it without waiting for anything; may be called again. What still runs on it fails. */
  end(): void;
}

const connectMs = 10_000;

/** @param onEnded the connection is gone, without our asking or with it */
export async function connectToHub(address: HubAddress, onEnded: () => void = () => undefined): Promise<HubConnection> {
  const { host, port, database, user, password, tls } = address;
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    host,
    port,
    database,
    user,
    password: password ?? undefined,
    application_name: 'vigil',
    ssl: tls === null ? false : tlsOptions(host, tls.ca),
    enableChannelBinding: true,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  });
  // Told by the query that runs, or by the end.
  client.on('error', () => undefined);
  client.on('end', onEnded);
  try {
    await client.connect();
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
      // Several statements in one text give a list of results, and no values.
      values.length === 0 ? ((await client.query<Row>(text)).rows ?? []) : (await client.query<Row>(text, [...values])).rows,
    // The client's own end waits for the server's goodbye, and a server that hangs says none.
    end: () => {
      socket.destroy();
    },
  };
}

/** By its own name: for an address of digits, the client would ask for the name "localhost". */
function tlsOptions(host: string, ca: string | null): ConnectionOptions {
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
    ...(ca === null ? {} : { ca }),
  };
}
