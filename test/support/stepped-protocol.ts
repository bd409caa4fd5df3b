import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol, ProtocolOf } from '../../shared/clinical/protocol.ts';

/** The built-in protocols of their first version, which names no steps, with and without some. */

type Stepped = 'iv' | 'im';
const ids: Readonly<Record<Stepped, string>> = { iv: 'iv-ketamine-0.5-40', im: 'im-ketamine-1.0' };

function isOf<R extends Stepped>(protocol: Protocol | null, route: R): protocol is ProtocolOf<R> {
  return protocol?.route === route;
}

export function withoutSteps<R extends Stepped>(route: R): ProtocolOf<R> {
  const protocol = findProtocol(ids[route], 1);
  if (!isOf(protocol, route)) throw new Error(`no ${route} protocol`);
  return protocol;
}

export function infusionInSteps(steps: Partial<NonNullable<ProtocolOf<'iv'>['dose']['steps']>> = {}): ProtocolOf<'iv'> {
  const protocol = withoutSteps('iv');
  return { ...protocol, dose: { ...protocol.dose, steps: { mg: 1, ml: 0.02, bagMl: 1, mlPerHour: 0.1, ...steps } } };
}

export function injectionInSteps(steps: Partial<NonNullable<ProtocolOf<'im'>['dose']['steps']>> = {}): ProtocolOf<'im'> {
  const protocol = withoutSteps('im');
  return { ...protocol, dose: { ...protocol.dose, steps: { mg: 1, ml: 0.02, ...steps } } };
}
