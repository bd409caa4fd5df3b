import { hubPlace, type HubAddress } from './hub-address.ts';

/**
 * What is to be done about a failure:
 *
 *     again   it passes by itself: tried again after a pause that grows
 *     pause   somebody has to mend something at the hub or in the settings: tried every ten minutes
 *     row     the server cannot take what one row holds
 *     defect  it contradicts what both sides hold: stopped
 */
export type FaultKind = 'again' | 'pause' | 'row' | 'defect';

export interface HubFault {
  readonly kind: FaultKind;
  /** As the server, the system or the TLS library named it; empty where it had no name. */
  readonly code: string;
  /** One sentence of what is wrong, and one of what mends it. */
  readonly words: string;
  /** The batch was too much for the server, or too slow: a smaller one may pass. */
  readonly tooLarge: boolean;
}

type Told = (address: HubAddress) => string;
type Known = readonly [kind: FaultKind, words: Told];

const at: (address: HubAddress) => string = hubPlace;
const notSetUp: Told = (address) => `The database ${at(address)} is no hub, or one of an older Vigil. Run: vigil hub migrate`;
const wrongCertificate: Told = ({ host }) =>
  `The certificate of ${host} is signed by nobody who is trusted here. Name the clinic's own authority with --ca FILE, or ask who put the server there.`;

/** By SQLSTATE, or the code of the system. */
const known: Readonly<Record<string, Known>> = {
  ECONNREFUSED: ['again', (address) => `Nothing answers at ${at(address)}. Is the server running, and is the port right?`],
  ENOTFOUND: ['again', ({ host }) => `The name ${host} is not known here. Is it written right, and is there a network?`],
  EAI_AGAIN: ['again', ({ host }) => `The name ${host} cannot be looked up just now. Is there a network?`],
  EHOSTUNREACH: ['again', ({ host }) => `There is no way to ${host}. Is there a network?`],
  ENETUNREACH: ['again', ({ host }) => `There is no way to ${host}. Is there a network?`],
  ENOENT: ['again', (address) => `There is no socket of a server at ${at(address)}. Is it running?`],
  '28P01': ['pause', ({ user, host }) => `${host} does not accept the password of ${user}. Give the right one.`],
  '28000': [
    'pause',
    ({ user, host }) => `${host} does not let ${user} in: its pg_hba.conf has no line for this login, computer and kind of connection.`,
  ],
  '3D000': ['pause', ({ database, host }) => `${host} has no database "${database}". Make it, or name another.`],
  '42501': ['pause', ({ user, host }) => `${user} has no right to this at ${host}. A room's login is made by: vigil hub login add`],
  '3F000': ['pause', notSetUp],
  '42P01': ['pause', notSetUp],
  '42883': ['pause', notSetUp],
  '25006': [
    'pause',
    ({ host }) => `${host} takes no writing just now: it is a copy of another server, or was set so. Name the one that does.`,
  ],
  '23505': [
    'defect',
    () => 'An entry with the same id is at the hub already, as another one. Nothing more is sent; tell whoever looks after Vigil.',
  ],
  '53100': ['again', ({ host }) => `The disk of ${host} is full. Make room there.`],
  '53200': ['again', ({ host }) => `${host} has not enough memory just now.`],
  '53300': ['again', ({ host }) => `${host} has as many connections as it allows. Allow more, or look who holds them.`],
  '57P03': ['again', ({ host }) => `${host} is starting or ending.`],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'pause',
    ({ host }) => `The server that answers as ${host} has a certificate for another name. Is the name right, and is it the right server?`,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['pause', wrongCertificate],
  SELF_SIGNED_CERT_IN_CHAIN: ['pause', wrongCertificate],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['pause', wrongCertificate],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['pause', wrongCertificate],
  CERT_SIGNATURE_FAILURE: ['pause', wrongCertificate],
  CERT_HAS_EXPIRED: ['pause', ({ host }) => `The certificate of ${host} has expired. Renew it there.`],
  CERT_NOT_YET_VALID: ['pause', ({ host }) => `The certificate of ${host} is not valid yet. Is the clock of this computer right?`],
};

/** By the first two characters of an SQLSTATE. */
const families: Readonly<Record<string, Known>> = {
  '08': ['again', ({ host }) => `The connection to ${host} broke.`],
  '22': ['row', ({ host }) => `${host} cannot take what an entry holds.`],
  '23': ['row', ({ host }) => `${host} refuses an entry.`],
  '28': ['pause', ({ user, host }) => `${host} does not let ${user} in.`],
  '40': ['again', ({ host }) => `${host} broke off what was asked; it is asked again.`],
  '42': ['pause', notSetUp],
  '53': ['again', ({ host }) => `${host} has not enough of something just now.`],
  '54': ['again', ({ host }) => `It was too much at once for ${host}.`],
  '55': ['again', ({ host }) => `${host} is busy.`],
  '57': ['again', ({ host }) => `${host} broke off: it is being ended, or somebody cancelled what was asked.`],
};

const noTls = /does not support SSL/;
const noPassword = /password must be a (non-empty )?string/;
const tooMuch = /^(53200|54|57014|timeout)/;

/** Reads what a connection or a query threw. What it does not know passes by itself: it is tried again, and said. */
export function hubFault(error: unknown, address: HubAddress): HubFault {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const tooLarge = tooMuch.test(code);
  if (noTls.test(message)) {
    const words = `${address.host} speaks no TLS: what is sent to it could be read on the way. Give it a certificate, and set ssl = on.`;
    return { kind: 'pause', code, words, tooLarge };
  }
  if (noPassword.test(message)) {
    const words = `${address.host} asks for the password of ${address.user}, and none was given: --password-file names it.`;
    return { kind: 'pause', code, words, tooLarge };
  }
  const [kind, words] = known[code] ?? (isSqlState(code) ? families[code.slice(0, 2)] : undefined) ?? ['again', broken];
  return { kind, code, words: words(address), tooLarge };
}

const broken: Told = (address) => `The connection to ${at(address)} broke, or nothing came back.`;

function codeOf(error: unknown): string {
  // Several addresses of one name were tried: the first tells why.
  const first: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return typeof first === 'object' && first !== null && 'code' in first && typeof first.code === 'string' ? first.code : '';
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}
