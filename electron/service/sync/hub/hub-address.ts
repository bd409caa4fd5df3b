import { isIP } from 'node:net';

/** Where a hub is, and how it is proved to be the right one. */
export interface HubAddress {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  /** How the server is proved: `ca` is a certificate in PEM, null the authorities of this computer. Null: not encrypted. */
  readonly tls: { readonly ca: string | null } | null;
}

/** What is wrong with an address, in a sentence. */
export class HubAddressError extends Error {
  override readonly name = 'HubAddressError';
}

const defaultPort = 5432;

/**
 * Reads `postgresql://USER@HOST[:PORT]/DATABASE`. On this computer itself (127.0.0.1, localhost, a socket named as `?host=/folder`)
 * a connection may go unencrypted; to everywhere else the server has to prove its name by a certificate. Throws `HubAddressError`.
 *
 * @param password in the place of one in the URL
 * @param ca certificate in PEM of whoever signed the server's
 */
export function hubAddress(url: string, password: string | null, ca: string | null): HubAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new HubAddressError('the address of the hub has to look like postgresql://USER@HOST/DATABASE');
  }
  const parameters = new Map(parsed.searchParams);
  const mode = parameters.get('sslmode') ?? null;
  const socket = parameters.get('host') ?? null;
  refuseParameters([...parameters.keys()], mode);
  const host = socket ?? decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const user = decodeURIComponent(parsed.username);
  if (host === '') throw new HubAddressError('the address of the hub names no host');
  if (database === '') throw new HubAddressError('the address of the hub names no database: postgresql://USER@HOST/DATABASE');
  if (user === '') throw new HubAddressError('the address of the hub names no user: postgresql://USER@HOST/DATABASE');
  const inUrl = parsed.password === '' ? null : decodeURIComponent(parsed.password);
  const mayBePlain = isThisComputer(host) && mode === null && ca === null;
  return {
    host,
    port: parsed.port === '' ? defaultPort : Number(parsed.port),
    database,
    user,
    password: password ?? inUrl,
    tls: mayBePlain ? null : { ca },
  };
}

function refuseParameters(names: readonly string[], mode: string | null): void {
  const unknown = names.find((name) => name !== 'sslmode' && name !== 'host');
  if (unknown !== undefined) throw new HubAddressError(`the address of the hub may not say "${unknown}": only sslmode and host are read`);
  if (mode !== null && mode !== 'verify-full') {
    const words = `sslmode=${mode} would not prove which server answers. Say verify-full or leave it out; --ca names the certificate.`;
    throw new HubAddressError(words);
  }
}

/** Whether nothing that is sent there passes a network. */
export function isThisComputer(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** As people are told it: without the password. */
export function hubPlace({ host, port, database }: HubAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}
