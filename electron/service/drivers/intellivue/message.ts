/**
 * What a message of the data export protocol holds, found in one walk over its nested lists and kept as places in the body: no object and
 * no string comes of a message nobody wants. Layouts: `docs/monitors/intellivue.md`; big endian throughout.
 */
export const session = {
  associationRequest: 0x0d,
  associationResponse: 0x0e,
  refuse: 0x0c,
  releaseRequest: 0x09,
  releaseResponse: 0x0a,
  abort: 0x19,
  dataExport: 0xe1,
} as const;

export const remoteOperation = { invoke: 1, result: 2, error: 3, linkedResult: 5 } as const;
export const command = { eventReport: 0, confirmedEventReport: 1, confirmedAction: 7 } as const;
export const action = { singlePoll: 0x0c16, extendedPoll: 0xf13b } as const;
export const mdsCreateEvent = 0x0d06;
export const objectClass = { numeric: 0x0006, wave: 0x0009, monitorSystem: 0x0021, alertMonitor: 0x0036 } as const;

export const attribute = {
  compoundNumeric: 0x094b,
  operatingMode: 0x0946,
  numeric: 0x0950,
  compoundWave: 0x0967,
  sampleSpecification: 0x096d,
  wave: 0x096e,
  scale: 0x096f,
  absoluteTime: 0x0987,
  samplePeriod: 0x098d,
  relativeTime: 0x098f,
  absoluteTimeStamp: 0x0990,
  relativeTimeStamp: 0x0991,
  unitCode: 0x0996,
  fixedSampleValues: 0x0a16,
  pollPeriod: 0xf13e,
} as const;

export type MessageKind = 'session' | 'create-event' | 'poll-result' | 'error' | 'other';

/** An attribute can be no shorter than its id and length, a body no longer than two kilobytes. */
const attributesMax = 512;

/** One message at a time; everything is overwritten by the next. Places are offsets into the body that was walked. */
export interface Message {
  kind: MessageKind;
  /** The first byte of the user data. */
  sessionId: number;
  invokeId: number;
  /** Of an event: the monitor's relative time at which it happened. */
  eventTime: number;
  /** Of a poll result. */
  pollNumber: number;
  /** Counts the results of one periodic poll; 0 confirms the request; −1 in a single poll. */
  sequence: number;
  /** The monitor's own time in 1/8 ms since it was started. */
  relativeTime: number;
  absoluteTimeAt: number;
  objectClass: number;
  attributes: number;
  readonly handles: Uint16Array;
  readonly ids: Uint16Array;
  readonly places: Uint16Array;
  readonly lengths: Uint16Array;
}

export function createMessage(): Message {
  return {
    kind: 'other',
    sessionId: 0,
    invokeId: 0,
    eventTime: 0,
    pollNumber: 0,
    sequence: -1,
    relativeTime: 0,
    absoluteTimeAt: 0,
    objectClass: 0,
    attributes: 0,
    handles: new Uint16Array(attributesMax),
    ids: new Uint16Array(attributesMax),
    places: new Uint16Array(attributesMax),
    lengths: new Uint16Array(attributesMax),
  };
}

export function u16(body: Uint8Array, at: number): number {
  return ((body[at] as number) << 8) | (body[at + 1] as number);
}

export function u32(body: Uint8Array, at: number): number {
  return (
    (((body[at] as number) << 24) | ((body[at + 1] as number) << 16) | ((body[at + 2] as number) << 8) | (body[at + 3] as number)) >>> 0
  );
}

/** Fills `message` from the user data; false where a length does not fit what it is the length of. */
export function readMessage(message: Message, body: Uint8Array, start: number, end: number): boolean {
  message.attributes = 0;
  message.kind = 'other';
  message.sessionId = body[start] as number;
  switch (message.sessionId) {
    case session.dataExport:
      return readOperation(message, body, start, end);
    case session.associationRequest:
    case session.associationResponse:
    case session.refuse:
    case session.releaseRequest:
    case session.releaseResponse:
    case session.abort:
      message.kind = 'session';
      return true;
    default:
      return false;
  }
}

function readOperation(message: Message, body: Uint8Array, start: number, end: number): boolean {
  if (end - start < 12 || u16(body, start + 6) !== end - start - 8) return false;
  const type = u16(body, start + 4);
  let at = start + 8;
  if (type === remoteOperation.linkedResult) at += 2;
  if (end - at < 6) return false;
  message.invokeId = u16(body, at);
  const commandType = u16(body, at + 2);
  if (u16(body, at + 4) !== end - at - 6) return false;
  at += 6;
  switch (type) {
    case remoteOperation.invoke:
      return commandType === command.confirmedEventReport || commandType === command.eventReport ? readEvent(message, body, at, end) : true;
    case remoteOperation.result:
    case remoteOperation.linkedResult:
      return commandType === command.confirmedAction ? readActionResult(message, body, at, end) : true;
    case remoteOperation.error:
      message.kind = 'error';
      return true;
    default:
      return false;
  }
}

/** Object (6), time (4), event type (2), length (2); a create event goes on with its object and that object's attributes. */
function readEvent(message: Message, body: Uint8Array, at: number, end: number): boolean {
  if (end - at < 14 || u16(body, at + 12) !== end - at - 14) return false;
  message.eventTime = u32(body, at + 6);
  if (u16(body, at + 10) !== mdsCreateEvent) return true;
  message.kind = 'create-event';
  return end - at >= 24 && readAttributes(message, body, at + 20, end, 0) >= 0;
}

function readActionResult(message: Message, body: Uint8Array, at: number, end: number): boolean {
  if (end - at < 10 || u16(body, at + 8) !== end - at - 10) return false;
  const type = u16(body, at + 6);
  if (type !== action.singlePoll && type !== action.extendedPoll) return true;
  const isExtended = type === action.extendedPoll;
  const resultAt = at + 10;
  let next = resultAt + (isExtended ? 4 : 2);
  if (end - next < 22) return false;
  message.pollNumber = u16(body, resultAt);
  message.sequence = isExtended ? u16(body, resultAt + 2) : -1;
  message.relativeTime = u32(body, next);
  message.absoluteTimeAt = next + 4;
  message.objectClass = u16(body, next + 14);
  next += 18;
  if (!readContexts(message, body, next, end)) return false;
  message.kind = 'poll-result';
  return true;
}

/** {count, length} of {context id, count, length} of {handle, attributes}. */
function readContexts(message: Message, body: Uint8Array, start: number, end: number): boolean {
  const contexts = u16(body, start);
  if (start + 4 + u16(body, start + 2) !== end) return false;
  let at = start + 4;
  for (let context = 0; context < contexts; context++) {
    if (end - at < 6) return false;
    const objects = u16(body, at + 2);
    const contextEnd = at + 6 + u16(body, at + 4);
    if (contextEnd > end) return false;
    at += 6;
    for (let object = 0; object < objects; object++) {
      if (contextEnd - at < 6) return false;
      at = readAttributes(message, body, at + 2, contextEnd, u16(body, at));
      if (at < 0) return false;
    }
    at = contextEnd;
  }
  return at === end;
}

/** {count, length} of {id, length, value}: where the list ends, or −1. */
function readAttributes(message: Message, body: Uint8Array, start: number, end: number, handle: number): number {
  const count = u16(body, start);
  const listEnd = start + 4 + u16(body, start + 2);
  if (listEnd > end) return -1;
  let at = start + 4;
  for (let index = 0; index < count; index++) {
    if (listEnd - at < 4) return -1;
    const length = u16(body, at + 2);
    if (at + 4 + length > listEnd || message.attributes === attributesMax) return -1;
    const id = u16(body, at);
    if (!isWhole(body, id, at + 4, length)) return -1;
    message.handles[message.attributes] = handle;
    message.ids[message.attributes] = id;
    message.places[message.attributes] = at + 4;
    message.lengths[message.attributes] = length;
    message.attributes += 1;
    at += 4 + length;
  }
  return listEnd;
}

export const numericBytes = 10;
export const waveHeaderBytes = 6;

/** Whether a value that will be read is as long as it says, so that reading it cannot go astray. */
function isWhole(body: Uint8Array, id: number, at: number, length: number): boolean {
  switch (id) {
    case attribute.numeric:
      return length >= numericBytes;
    case attribute.compoundNumeric:
      return length >= 4 && u16(body, at + 2) <= length - 4 && u16(body, at) * numericBytes <= u16(body, at + 2);
    case attribute.wave:
      return length >= waveHeaderBytes && u16(body, at + 4) <= length - waveHeaderBytes;
    case attribute.compoundWave:
      return length >= 4 && areWavesWhole(body, at + 4, at + length, u16(body, at));
    case attribute.fixedSampleValues:
      return length >= 4 && u16(body, at) * 4 <= length - 4;
    case attribute.scale:
      return length >= 12;
    case attribute.absoluteTime:
    case attribute.absoluteTimeStamp:
      return length >= 8;
    case attribute.sampleSpecification:
      return length >= 6;
    case attribute.samplePeriod:
    case attribute.relativeTime:
    case attribute.relativeTimeStamp:
      return length >= 4;
    case attribute.unitCode:
    case attribute.operatingMode:
      return length >= 2;
    default:
      return true;
  }
}

function areWavesWhole(body: Uint8Array, start: number, end: number, count: number): boolean {
  let at = start;
  for (let index = 0; index < count; index++) {
    if (end - at < waveHeaderBytes) return false;
    at += waveHeaderBytes + u16(body, at + 4);
    if (at > end) return false;
  }
  return true;
}
