import { readFileSync } from 'node:fs';
import { hubAddress, HubAddressError, type HubAddress } from '../service/sync/hub/hub-address.ts';
import { connectToHub, type HubConnection } from '../service/sync/hub/hub-connection.ts';
import { hubFault } from '../service/sync/hub/hub-fault.ts';
import { HubRefusal } from '../service/sync/hub/migrate-hub.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { text, UsageError } from './command-option.ts';

/** What every command is told of a hub. */
export const hubOptions = {
  dsn: text('URL', 'postgresql://USER@HOST/DATABASE; left out: the environment variable VIGIL_HUB_DSN'),
  'password-file': text('FILE', 'holds the password; left out: the environment variable VIGIL_HUB_PASSWORD'),
  ca: text('FILE', "certificate (PEM) of the authority that signed the server's; left out: those this computer trusts"),
};

export type HubEnvironment = Readonly<Record<string, string | undefined>>;

interface HubOptions {
  readonly dsn: string | null;
  readonly 'password-file': string | null;
  readonly ca: string | null;
}

/** null: no hub was named. Throws `UsageError`. */
export function namedHub(options: HubOptions, env: HubEnvironment): HubAddress | null {
  const url = options.dsn ?? env['VIGIL_HUB_DSN'] ?? null;
  if (url === null) return null;
  const passwordFile = options['password-file'];
  const password = passwordFile === null ? (env['VIGIL_HUB_PASSWORD'] ?? null) : firstLine(passwordFile, '--password-file');
  try {
    return hubAddress(url, password, options.ca === null ? null : contents(options.ca, '--ca'));
  } catch (error) {
    if (error instanceof HubAddressError) throw new UsageError(error.message);
    throw error;
  }
}

/** Throws `UsageError`. */
export function requiredHub(options: HubOptions, env: HubEnvironment): HubAddress {
  const address = namedHub(options, env);
  if (address === null) throw new UsageError('no hub was named: say --dsn, or set VIGIL_HUB_DSN');
  return address;
}

function firstLine(path: string, option: string): string {
  return contents(path, option).split(/\r?\n/, 1)[0] ?? '';
}

function contents(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Opens the hub, does the work, and tells a refusal as every command tells one. */
export async function atHub(
  { command, address, io }: { readonly command: string; readonly address: HubAddress; readonly io: CommandIo },
  work: (connection: HubConnection) => Promise<ExitCode>,
): Promise<ExitCode> {
  let connection: HubConnection | null = null;
  try {
    connection = await connectToHub(address);
    if (address.tls === null) io.stderr(`vigil ${command}: not encrypted, because ${address.host} is this computer.`);
    return await work(connection);
  } catch (error) {
    const { code, words } = error instanceof HubRefusal ? { code: 'HUB_REFUSED', words: error.message } : hubFault(error, address);
    const detail = error instanceof Error && !(error instanceof HubRefusal) ? error.message : null;
    io.stdout(JSON.stringify({ type: 'refused', code, message: words, detail }));
    io.stderr(`vigil ${command}: ${words}${detail === null ? '' : ` (${[code, detail].filter((part) => part !== '').join(' ')})`}`);
    return 1;
  } finally {
    connection?.end();
  }
}
