import { asciiText } from '../framing.ts';

/** Whole minutes change seldom: the text up to the seconds is made once for each. */
export interface DeviceTimes {
  /** `DD-Mon-YY HH:MM:SS` at `at` → ISO without zone; null where it is no moment (a clock that was never set). The century is assumed. */
  at(bytes: Uint8Array, at: number): string | null;
}

/** `DD-Mon-YY HH:MM:` */
const minuteBytes = 16;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

export function createDeviceTimes(): DeviceTimes {
  const known = new Uint8Array(minuteBytes);
  let minute: string | null = null;

  function isKnown(bytes: Uint8Array, at: number): boolean {
    for (let offset = minuteBytes - 1; offset >= 0; offset--) {
      if (bytes[at + offset] !== known[offset]) return false;
    }
    return true;
  }

  return {
    at(bytes, at) {
      if (!isKnown(bytes, at)) {
        known.set(bytes.subarray(at, at + minuteBytes));
        minute = minuteOf(asciiText(bytes, at, at + minuteBytes));
      }
      const second = ((bytes[at + minuteBytes] as number) - 0x30) * 10 + (bytes[at + minuteBytes + 1] as number) - 0x30;
      const seconds = twoDigits[second];
      return minute === null || seconds === undefined ? null : minute + seconds;
    },
  };
}

function minuteOf(stamp: string): string | null {
  const month = months.indexOf(stamp.slice(3, 6).toLowerCase());
  const day = Number(stamp.slice(0, 2));
  if (month < 0 || day < 1 || day > 31 || Number(stamp.slice(10, 12)) > 23 || Number(stamp.slice(13, 15)) > 59) return null;
  return `20${stamp.slice(7, 9)}-${twoDigits[month + 1]}-${stamp.slice(0, 2)}T${stamp.slice(10)}`;
}
