import { groupsOfClass, type Group } from './layout.ts';
import { groupStatus, isKnownAbsence, lowestValue } from './measurement.ts';
import { blockBytes, hasEmptyReserve, i16, mainType, physiologicalBytes, subtype, u16, u32, type DatexRecord } from './record.ts';

/** The times of a record and of its values differ by less. */
const timeApartMaxS = 120;
const classAt = 276;
const reservedAt = 275;
/** Bits of the last word that are not the class. */
const besideClass = 0xf0ff;

/**
 * One byte of sum lets one damaged frame in 256 pass. On a line that does damage, a physiological record must therefore also look like one:
 * nothing but known bits, documented reasons and plausible numbers. Known are the documented bits, and those that this monitor used while
 * the line was clean: it may know more of them than we do.
 */
export interface Plausibility {
  looksSound(record: DatexRecord, body: Uint8Array, length: number): boolean;
  /** A record of the clean line. */
  learn(record: DatexRecord, body: Uint8Array): void;
}

interface KnownBits {
  readonly status: Uint32Array;
  readonly label: Uint16Array;
}

export function createPlausibility(): Plausibility {
  const known: readonly KnownBits[] = groupsOfClass.map((groups) => ({
    status: Uint32Array.from(groups, ({ statusBits }) => statusBits),
    label: Uint16Array.from(groups, ({ labelBits }) => labelBits),
  }));
  let classWordBits = 0;
  let isReserveUsed = false;
  let isBlockEndUsed = false;

  function isSoundBlock(body: Uint8Array, at: number, blockClass: number): boolean {
    const groups = groupsOfClass[blockClass];
    const bits = known[blockClass];
    if (groups === undefined || bits === undefined) return false;
    if (blockClass === 0 && !isBlockEndUsed && u16(body, at + blockBytes - 2) !== 0) return false;
    return groups.every((group, index) => {
      const status = u32(body, at + group.headerAt);
      const label = u16(body, at + group.headerAt + 4);
      if ((status & ~(bits.status[index] as number)) !== 0 || (label & ~(bits.label[index] as number)) !== 0) return false;
      return areSoundValues(group, (status & groupStatus.exists) !== 0, body, at);
    });
  }

  return {
    looksSound(record, body, length) {
      if (record.mainType !== mainType.physiological) return true;
      if (!isReserveUsed && !hasEmptyReserve(body, record)) return false;
      let displayed = 0;
      for (let index = 0; index < record.count; index++) {
        if (record.types[index] !== subtype.displayed) continue;
        const start = record.starts[index] as number;
        displayed += 1;
        if (Math.abs(u32(body, start) - record.time) > timeApartMaxS) return false;
        const classWord = u16(body, start + classAt);
        if ((classWord & besideClass & ~classWordBits) !== 0 || (!isReserveUsed && body[start + reservedAt] !== 0)) return false;
        if (!isSoundBlock(body, start + 4, (classWord >> 8) & 0xf)) return false;
      }
      return displayed === 0 || length === (record.starts[0] as number) + displayed * physiologicalBytes;
    },
    learn(record, body) {
      if (record.mainType !== mainType.physiological) return;
      if (!hasEmptyReserve(body, record)) isReserveUsed = true;
      for (let index = 0; index < record.count; index++) {
        if (record.types[index] !== subtype.displayed) continue;
        const start = record.starts[index] as number;
        const classWord = u16(body, start + classAt);
        classWordBits |= classWord & besideClass;
        if (body[start + reservedAt] !== 0) isReserveUsed = true;
        learnBlock(body, start + 4, (classWord >> 8) & 0xf);
      }
    },
  };

  function learnBlock(body: Uint8Array, at: number, blockClass: number): void {
    const groups = groupsOfClass[blockClass];
    const bits = known[blockClass];
    if (groups === undefined || bits === undefined) return;
    if (blockClass === 0 && u16(body, at + blockBytes - 2) !== 0) isBlockEndUsed = true;
    groups.forEach(({ headerAt }, index) => {
      bits.status[index] = (bits.status[index] as number) | u32(body, at + headerAt);
      bits.label[index] = (bits.label[index] as number) | u16(body, at + headerAt + 4);
    });
  }
}

function areSoundValues({ fields }: Group, exists: boolean, body: Uint8Array, at: number): boolean {
  return fields.every((field) => {
    const raw = i16(body, at + field.at);
    if (raw < lowestValue) return isKnownAbsence(raw);
    return (exists || raw === 0) && raw >= field.lowest && raw <= field.highest;
  });
}
