import { encodeFrame } from './frame.ts';

/**
 * Everything Vigil ever says to an IntelliVue monitor: associate, confirm its create event, ask for values, stay alive, release. The
 * protocol can also set priority lists and more; that is not here, and there is no way to build it from outside.
 *
 * Layouts: `docs/monitors/intellivue.md` Each function gives a fresh frame, because a port may keep what it is given.
 */
function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

function fourBytes(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** Before the client's own wishes: the session's and the presentation's constant parts. */
const sessionData = '0508130100160102800014020002';
const presentation =
  '3180a0808001010000a280a003000001a480308002010106045201000130800602510100000000308002010206' +
  '0c2a8648ce14020100000001013080060c2a8648ce14020100000002010000000000006180308002010' +
  '1a0806080a180060c2a8648ce14020100000003010000be802880060c2a8648ce140201000000010102010281';
/** Protocol, nomenclature, no functional units, client, cold start, no options, one supported profile. */
const userInformation = '80000000' + '40000000' + '00000000' + '80000000' + '20000000' + '00000000';
/** Values each second and waves in real time: at least one of the first kind has to be asked for, or the rest is ignored. */
const pollExtension = 'f0010008' + '88000000' + '00000000';
const minimumPollPeriodTicks = 8000;
const messageMaxBytes = 1364;

/** Asks to be associated, with polls at 1 s: the monitor then ends the association after 10 s without a word from us. */
export function associationRequest(): Uint8Array {
  const profile = [
    ...bytesOf('80000000'),
    ...fourBytes(minimumPollPeriodTicks),
    ...fourBytes(messageMaxBytes),
    ...fourBytes(messageMaxBytes),
    ...bytesOf('ffffffff' + '60000000' + '0001000c' + pollExtension),
  ];
  const user = [...bytesOf(userInformation + '0001002c' + '00010028'), ...profile];
  const presented = [...bytesOf(presentation), user.length, ...user, ...Array<number>(16).fill(0)];
  const said = [...bytesOf(sessionData), 0xc1, presented.length, ...presented];
  return encodeFrame(Uint8Array.of(0x0d, said.length, ...said));
}

export function releaseRequest(): Uint8Array {
  return encodeFrame(Uint8Array.from(bytesOf('0918' + 'c116' + '61803080020101a08062808001000000000000000000')));
}

/** Confirms the event by which a monitor introduces itself; without it there are no values. */
export function createEventResult(invokeId: number, eventTime: number): Uint8Array {
  return encodeFrame(
    Uint8Array.from([
      ...bytesOf('e1000002' + '00020014'),
      (invokeId >> 8) & 0xff,
      invokeId & 0xff,
      ...bytesOf('0001000e' + '002100000000'),
      ...fourBytes(eventTime),
      ...bytesOf('0d060000'),
    ]),
  );
}

/** How long the monitor sends by itself after a periodic poll: 60 s in 1/8 ms. */
export const pollPeriodTicks = 480_000;
const periodicPoll = (invokeId: string, objectClass: string): string =>
  `e10000020001002800${invokeId}00070022${'002100000000'}00000000f13b001400${invokeId}0001${objectClass}000000010008f13e0004`;

/** The invoke ids, by which answers and refusals are known. */
export const invoke = { numerics: 1, waves: 2, keepAlive: 3 } as const;

/** Every value each 1.024 s. */
export function numericsPoll(): Uint8Array {
  return encodeFrame(Uint8Array.from([...bytesOf(periodicPoll('01', '0006')), ...fourBytes(pollPeriodTicks)]));
}

/** Waves each 256 ms. */
export function wavesPoll(): Uint8Array {
  return encodeFrame(Uint8Array.from([...bytesOf(periodicPoll('02', '0009')), ...fourBytes(pollPeriodTicks)]));
}

/** The shortest answer there is: the unchanging part of the alert monitor, asked for once. */
export function keepAlivePoll(): Uint8Array {
  return encodeFrame(
    Uint8Array.from(
      bytesOf('e1000002' + '0001001c' + '00030007' + '0016002100000000' + '00000000' + '0c160008' + '0003' + '00010036' + '0811'),
    ),
  );
}
