import { asciiText } from './framing.ts';

/** The time that a monitor prints on its lines. Whole minutes change seldom: the text up to the seconds is made once for each. */
export interface DeviceTimes {
  /** The stamp at `at`, which ends in two digits of seconds → ISO without zone; null where it is no moment (a clock that was never set). */
  at(bytes: Uint8Array, at: number): string | null;
}

/** Two digits of each value up to 59. */
export const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** `minuteBytes` of the stamp stand before its seconds; `minuteOf` gives the ISO text of those, or null where they are no moment. */
export function createDeviceTimes(minuteBytes: number, minuteOf: (stamp: string) => string | null): DeviceTimes {
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
