import { groupsOfClass, type Group } from './layout.ts';
import { groupStatus, isKnownAbsence, lowestValue } from './measurement.ts';
import { blockBytes, hasEmptyReserve, i16, mainType, physiologicalBytes, subtype, u16, u32, type DatexRecord } from './record.ts';

/** The times of a record and of its values differ by less. */
const timeApartMaxS = 120;
const timeAt = 0;
const classAt = 276;
const reservedAt = 275;

/**
 * One byte of sum lets one damaged frame in 256 pass. On a line that does damage, a physiological record must therefore also look like one:
 * nothing but documented bits, reasons and plausible numbers. On a clean line nothing is asked, because a real monitor may know more bits
 * than we do.
 */
export function looksSound(record: DatexRecord, body: Uint8Array, length: number): boolean {
  if (record.mainType !== mainType.physiological) return true;
  if (!hasEmptyReserve(body, record)) return false;
  let displayed = 0;
  for (let index = 0; index < record.count; index++) {
    if (record.types[index] !== subtype.displayed) continue;
    const start = record.starts[index] as number;
    displayed += 1;
    if (Math.abs(u32(body, start + timeAt) - record.time) > timeApartMaxS) return false;
    const classWord = u16(body, start + classAt);
    if ((classWord & 0xf0ff) !== 0 || body[start + reservedAt] !== 0) return false;
    const groups = groupsOfClass[classWord >> 8];
    if (groups === undefined || !groups.every((group) => isSoundGroup(group, body, start + 4))) return false;
    if (classWord >> 8 === 0 && u16(body, start + 4 + blockBytes - 2) !== 0) return false;
  }
  return displayed === 0 || length === (record.starts[0] as number) + displayed * physiologicalBytes;
}

function isSoundGroup({ headerAt, statusBits, labelBits, fields }: Group, body: Uint8Array, at: number): boolean {
  const status = u32(body, at + headerAt);
  if ((status & ~statusBits) !== 0 || (u16(body, at + headerAt + 4) & ~labelBits) !== 0) return false;
  const isRunning = (status & groupStatus.exists) !== 0;
  return fields.every((field) => {
    const raw = i16(body, at + field.at);
    if (raw < lowestValue) return isKnownAbsence(raw);
    return (isRunning || raw === 0) && raw >= field.lowest && raw <= field.highest;
  });
}
