import { slowestTurnMs } from '../../../../shared/values/cadence.ts';
import type { PortSettings } from '../../platform/byte-ports.ts';
import type { Driver, ReadClinicTable } from '../driver.ts';
import { createHl7OruDecoder } from './decode.ts';
import { parseMapping, standardMapping, type CodeMapping } from './mapping.ts';
import { createHl7Simulator } from './simulator.ts';

/** Of one that repeats its values each second or before its rhythm is known; senders choose it, up to a minute and more (`freshnessAt`). */
const value = { kind: 'stream', lateMs: 12_000, lostMs: 20_000 } as const;
const cuff = { kind: 'event' } as const;

function at(baudRate: number): PortSettings {
  return { baudRate, dataBits: 8, parity: 'none', stopBits: 1 };
}

function readTable(text: string): ReadClinicTable {
  const parsed = parseMapping(text);
  return parsed.kind === 'refused' ? parsed : { kind: 'driver', driver: createHl7OruDriver(parsed.mapping) };
}

/** The fallback for whatever can send HL7, with the codes of a clinic's own table where it has one. */
function createHl7OruDriver(mapping: CodeMapping): Driver {
  return {
    id: 'hl7-oru',
    vendor: 'HL7',
    models: ['Monitors and gateways that send ORU^R01 by MLLP over a serial line or TCP'],
    description:
      'HL7 v2 results (ORU^R01) over MLLP: values by their MDC or LOINC codes or the clinic’s own table; unknown codes are kept as they come. ' +
      'Over a network each message is acknowledged as its sender asks; nothing else is sent. There is no checksum, and the words for a value’s ' +
      'state and the line speed are uncertain. Not validated on hardware.',
    mode: 'stream',
    portProfiles: [at(9600), at(115_200), at(19_200), at(38_400), at(57_600)],
    proof: { check: 'text', frames: 1, framesToTrust: 1 },
    freshness: {
      'heart-rate': value,
      'pulse-rate': value,
      spo2: value,
      'perfusion-index': value,
      'nibp-sys': cuff,
      'nibp-dia': cuff,
      'nibp-mean': cuff,
      'resp-rate': value,
      etco2: value,
      fico2: value,
      temp: value,
    },
    quietMs: 20_000,
    slowestQuietMs: slowestTurnMs,
    acknowledges: true,
    clinicTable: { fileName: 'hl7-codes.json', read: readTable },
    createDecoder: () => createHl7OruDecoder(mapping),
    createSimulator: createHl7Simulator,
  };
}

export const hl7Oru: Driver = createHl7OruDriver(standardMapping);
